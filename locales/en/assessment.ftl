# Questions, quizzes and attempts.
assessment-quiz = Quiz
assessment-questions = Questions
assessment-points = Points
assessment-time-limit = Time limit
assessment-with-extra-time = (with your extra time)
assessment-attempts = Attempts
assessment-attempts-any = Any number
assessment-counts = What counts
assessment-keep-highest = The best attempt
assessment-keep-average = The mean of all attempts
assessment-keep-first = The first attempt
assessment-keep-last = The last attempt
assessment-closes = Closes
assessment-passing = Needed to pass
assessment-your-grade = You have { $points } of { $of } points.
assessment-runs = You have an attempt that is not handed in yet.
assessment-runs-until = You have an attempt that is not handed in yet. It ends on { $time }.
assessment-go-on = Go on
assessment-empty = There are no questions here yet
assessment-empty-text = Its authors are still at work. Come back later.
assessment-closed = This quiz is closed.
assessment-not-open = This quiz is not open to you yet.
assessment-none-left = You have used all attempts.
assessment-word = Word that opens the quiz
assessment-wrong-word = This is not the word that opens the quiz. Ask the person who teaches it.
assessment-clock-runs = The clock runs from the moment you start, also while you are away.
assessment-start = Start
assessment-try-out = Try it out
assessment-your-attempts = Your attempts
assessment-attempt = Attempt
assessment-attempt-number = Attempt { $number }
assessment-preview = Trial
assessment-points-of = { $points } of { $of } points
assessment-points-so-far = { $points } of { $of } points so far; some answers wait to be marked.
assessment-waits-for-marking = Waits to be marked
assessment-look-at = Look at it
assessment-receipt = Receipt
assessment-results = Results
assessment-marking = Marking
assessment-ended-submitted = Handed in
assessment-ended-timed-out = Time was up
assessment-ended-abandoned = Not handed in
assessment-running = Running
# The attempt.
assessment-question-number = Question { $number }
assessment-worth =
    { $points ->
        [one] 1 point
       *[other] { $points } points
    }
assessment-true = True
assessment-false = False
assessment-gap = Gap { $number }
assessment-choose-several = Choose all that apply.
assessment-your-answer = Your answer
assessment-words-between = Between { $least } and { $most } words.
assessment-words-least =
    { $count ->
        [one] At least 1 word.
       *[other] At least { $count } words.
    }
assessment-flag = Come back to this
assessment-flagged = To come back to
assessment-answered = Answered
assessment-not-answered = Not answered
assessment-all-questions = All questions
assessment-back = Back
assessment-next = Next
assessment-save = Save
assessment-saved = Saved.
assessment-to-the-end = Finish
assessment-ends-at = Ends { $time }, { $left } left
assessment-attempt-saving = Saving…
assessment-attempt-saved = All saved
assessment-attempt-waiting = Not sent yet, kept on this device. It is sent as soon as the network is back.
assessment-attempt-over = This attempt has ended. What you wrote after that was not taken in.
assessment-attempt-left = Time left:
assessment-attempt-minute = One minute left.
assessment-too-late = This attempt has ended. What was sent after that was not taken in.
assessment-time-is-up = The time is up. What you have answered is kept; hand it in now.
assessment-open-questions =
    { $count ->
        [one] 1 question has no answer yet.
       *[other] { $count } questions have no answer yet.
    }
assessment-all-answered = Every question has an answer.
assessment-hand-in = Hand in
assessment-go-back = Back to the questions
assessment-hand-in-final = Once handed in, answers cannot be changed.
assessment-was-handed-in = Handed in.
assessment-was-timed-out = The time was up, and your answers were handed in as they were.
assessment-was-abandoned = This attempt was not handed in in time and does not count.
assessment-started = Started
assessment-ended = Ended
assessment-hash = Proof
assessment-hash-text = The proof is made of your answers. Keep it if you want to show later what you handed in.
assessment-to-quiz = Back to the quiz
assessment-you-answered = Answer:
assessment-right-answer = Right:
assessment-right-later = The right answers are not shown at this time.
assessment-reason-right = Right
assessment-reason-partly = Right in part
assessment-reason-wrong = Not right
assessment-reason-empty = No answer
assessment-reason-missed = Belongs to it, not chosen
assessment-reason-rightly-left = Rightly left out
assessment-reason-no-number = Not a number
assessment-reason-too-far = Too far off
assessment-reason-no-unit = The unit is missing
assessment-reason-wrong-unit = Unknown unit
assessment-reason-unit-cost = Right number, unit missing or unknown
assessment-reason-misplaced = Another place
assessment-reason-unplaced = Two have this place
assessment-reason-by-hand = A person marks this
# The kinds of question.
assessment-kind-single = One choice
assessment-kind-multiple = Several choices
assessment-kind-true_false = True or false
assessment-kind-short = Short answer
assessment-kind-number = Number
assessment-kind-match = Matching
assessment-kind-order = Ordering
assessment-kind-gaps = Gaps
assessment-kind-essay = Essay
assessment-kind-info = Text without a question
# The bank and the editor.
assessment-bank = Questions
assessment-bank-count =
    { $count ->
        [0] No questions yet.
        [one] 1 question in this course.
       *[other] { $count } questions in this course.
    }
assessment-bank-empty = No question here
assessment-bank-empty-text = Write one, or import a file from another system.
assessment-bank-full = This course has as many questions as it can hold. Take some out first.
assessment-search = Words
assessment-kind = Kind
assessment-folder = Folder
assessment-tag = Tag
assessment-tags = Tags
assessment-tags-hint = Between commas.
assessment-find = Find
assessment-all-folders = All folders
assessment-all-kinds = All kinds
assessment-no-folder = No folder
assessment-new-question = New question
assessment-write = Write
assessment-preview-short = Preview
assessment-add-to = Add to “{ $title }”
assessment-move-to = To folder
assessment-move = Move
assessment-more = More questions
assessment-none-ticked = Tick the questions first.
assessment-moved =
    { $count ->
        [one] 1 question was moved.
       *[other] { $count } questions were moved.
    }
assessment-added =
    { $count ->
        [0] They are in the quiz already.
        [one] 1 question was added.
       *[other] { $count } questions were added.
    }
assessment-folders = Folders
assessment-folder-name = Name of the folder
assessment-folder-in = Within
assessment-folder-add = Add the folder
assessment-folder-delete = Delete
assessment-folder-deleted = The folder was deleted. Its questions are still in the bank.
assessment-too-many-folders = There are too many folders. Delete one first.
assessment-question = Question
assessment-question-saved = The question was saved.
assessment-question-deleted = “{ $title }” was taken out of the bank.
assessment-markdown-hint = Markdown: **bold**, *italic*, - list, $x^2$ for formulas.
assessment-gaps-hint = Put each gap into double brackets. [[twice|two times]] is a gap with two right answers, [[=moon|~sun|~wind]] a choice (= is right), [[#9.81:0.02]] a number that may be off by 0.02.
assessment-too-long = This text is too long.
assessment-is-true = This statement is
assessment-when-true = Said to those who answer true
assessment-when-false = Said to those who answer false
assessment-words-min = Fewest words
assessment-words-max = Most words
assessment-words-wrong = This is less than the fewest words.
assessment-template = Beginning
assessment-template-hint = Stands in the field when the attempt begins.
assessment-notes = Notes for marking
assessment-notes-hint = Learners never see them.
assessment-option = Option
assessment-option-number = Option { $number }
assessment-share = Worth in %
assessment-share-hint = 100 is fully right, 50 half right; left empty it is wrong. Empty options are left out.
assessment-short-hint = The first answer that fits counts. * stands for anything. Left empty, an answer is worth 100 %.
assessment-number-hint = “May be off by” is a number (0.5) or a part of the value (5%). Units are optional; the first unit is the one of the values.
assessment-order-hint = Write the items in the right order; each attempt shuffles them.
assessment-match-hint = Each left side gets the right side that belongs to it. Right sides may be the same.
assessment-feedback-own = Said to those who choose it
assessment-accepted = Accepted answer
assessment-key-number = Answer { $number }
assessment-value = Value
assessment-off = May be off by
assessment-unit = Unit
assessment-unit-number = Unit { $number }
assessment-unit-times = Times the first unit
assessment-unit-rule = A missing unit
assessment-unit-optional = is no fault
assessment-unit-penalty = costs a part
assessment-unit-required = is wrong
assessment-unit-cost = What it costs in %
assessment-left = Left side
assessment-right-side = Right side
assessment-pair-number = Pair { $number }
assessment-item = Item
assessment-item-number = Item { $number }
assessment-extra = Right sides that belong to none
assessment-extra-hint = One on each line.
assessment-rule = Scoring
assessment-rule-all = All or nothing
assessment-rule-partial = Right picks less wrong picks
assessment-rule-each = Each option rightly ticked or left
assessment-rule-sum = The sum of what the options are worth
assessment-order-all = All or nothing
assessment-order-place = Each item at its own place
assessment-order-next = Each item followed by its successor
assessment-order-longest = The longest run in order
assessment-order-pairs = Each pair in the right order
assessment-shuffle-parts = Shuffle for each attempt
assessment-below-zero = A wrong choice may cost points of other questions
assessment-case = Capital letters matter
assessment-feedback = Said to everybody afterwards
assessment-feedback-hint = Markdown. Shown as the quiz says.
assessment-title = Name
assessment-title-hint = For lists. Left empty, the first words of the question.
assessment-more-rows = More rows
assessment-versions = Versions
assessment-versions-text = Each save is a version. Attempts keep the version that they were given.
assessment-version = Version { $number }
assessment-take-out = Take out of the bank
assessment-edit = Edit the question
assessment-check = Check
assessment-earns = Earns { $percent } %
assessment-two-options = Write at least two options.
assessment-none-right = Say which option is right: write 100 there.
assessment-none-accepted = Write at least one answer that is right.
assessment-wrong-share = Write a percentage from -100 to 100.
assessment-wrong-number = Write a number, such as 9.81.
assessment-two-pairs = Write at least one pair and two different right sides.
assessment-two-items = Write at least two items.
assessment-no-gap = There is no gap. Put one into double brackets, such as [[twice]].
assessment-gap-open = The gap that begins with “{ $gap }” has no end. Close it with two brackets.
assessment-gap-no-key = The gap “{ $gap }” has no right answer. Put = before the right one.
assessment-gap-no-number = The gap “{ $gap }” holds no number.
assessment-gap-too-many = There are too many gaps, or one is too long.
# The quiz for its authors.
assessment-quiz-settings = How it goes
assessment-quiz-sum = Questions: { $questions }, points: { $points }
assessment-no-questions = No questions yet
assessment-no-questions-text = Take some from the bank, write one, or let them be drawn.
assessment-held-at = held at version { $number }
assessment-version-used = Version
assessment-latest = Latest
assessment-slot-gone = Taken out of the bank
assessment-slot-remove = Remove question { $number }
assessment-slot-removed = The question was removed from the quiz. It is still in the bank.
assessment-move-up = Move question { $number } up
assessment-move-down = Move question { $number } down
assessment-from-bank = From the bank
assessment-whole-bank = The whole bank
assessment-drawn = Drawn at random
assessment-draw = Draw at random
assessment-draw-text = Each attempt gets questions of its own, first those that the person has not had.
assessment-draw-count = How many
assessment-draw-points = Points for each
assessment-draw-tags = Only questions that have all of these.
assessment-draw-below = From the folders within it too
assessment-draw-add = Add
assessment-wrong-points = Write points as a number, such as 2.5.
assessment-too-many-questions = A quiz holds 200 questions at the most.
assessment-intro = Introduction
assessment-attempts-allowed = Attempts allowed
assessment-attempts-hint = 0 for any number.
assessment-limit-minutes = Time limit in minutes
assessment-overdue = When the time is up
assessment-overdue-submit = Hand in what is there
assessment-overdue-grace = Let it be handed in for a while, unchanged
assessment-overdue-abandon = The attempt does not count
assessment-grace-minutes = That while, in minutes
assessment-dates-hint = When it opens and closes is set with its dates:
assessment-layout = Questions
assessment-shuffle = Shuffle them for each attempt
assessment-one-by-one = Each on a page of its own
assessment-one-way = No way back
assessment-one-way-hint = Where each question has a page of its own.
assessment-word-hint = Left empty, none is asked for.
assessment-points-whole = Points of the whole
assessment-points-whole-hint = Left empty, the points of its questions together.
assessment-passing-percent = Percent needed to pass
assessment-review = What learners see afterwards
assessment-phase-after = In the first two minutes
assessment-phase-open = Later, while it is open
assessment-phase-closed = Once it is closed
assessment-shows-answers = Questions and answers
assessment-shows-correct = What is right
assessment-shows-points = Points
assessment-shows-feedback = Feedback
assessment-shows-right = Right answers
assessment-settings-saved = Saved. Attempts that run go on as they began.
assessment-extra-time = Extra time
assessment-extra-time-text = Who needs more time gets it in every quiz of this course. Only those who grade see this list.
assessment-extra-time-none = Nobody has extra time
assessment-extra-time-none-text = Choose a person and say how much longer they may take.
assessment-extra-time-percent = { $percent } % more time
assessment-extra-time-end = No longer
assessment-extra-time-saved = Saved. It holds for attempts that run, too.
assessment-person = Person
assessment-percent = Percent
assessment-percent-hint = 25 makes 60 minutes 75.
assessment-import = Import
assessment-import-questions = Import questions
assessment-import-text = From Moodle (XML, GIFT), Canvas, Blackboard and others (QTI), or Aiken. Nothing is changed before you have seen what would be taken over.
assessment-format = Format
assessment-format-guess = Find out
assessment-format-gift = GIFT
assessment-format-aiken = Aiken
assessment-format-moodle-xml = Moodle XML
assessment-format-qti = QTI (file or package)
assessment-paste = Or paste the text
assessment-file = File
assessment-import-no-file = Choose a file, or paste its text.
assessment-dry-run = Show what would change
assessment-import-check = What would be taken over
assessment-import-found =
    { $count ->
        [0] No question can be taken over.
        [one] 1 question can be taken over.
       *[other] { $count } questions can be taken over.
    }
assessment-import-lost =
    { $count ->
        [0] Nothing is left out.
        [one] 1 thing is left out.
       *[other] { $count } things are left out.
    }
assessment-import-take =
    { $count ->
        [one] Take over 1 question
       *[other] Take over { $count } questions
    }
assessment-imported =
    { $count ->
        [one] 1 question was taken over.
       *[other] { $count } questions were taken over.
    }
assessment-import-told = What is left out, and what was noticed
assessment-import-taken = Questions
assessment-import-place = At { $place }:
assessment-import-left-out = Left out
assessment-import-note = Note
assessment-import-unreadable = This cannot be read
assessment-import-kind = There is no such kind of question here
assessment-import-no-key = No answer is marked as right
assessment-import-too-large = It is too long, or has too many parts
assessment-import-too-many = The file has more than 1,000 questions
assessment-import-noticed = The reader noticed this
assessment-import-files = Pictures and files in it are not taken over
# Marking, results and statistics.
assessment-nothing-to-mark = Nothing to mark
assessment-nothing-to-mark-text = Answers that a person marks appear here once they are handed in.
assessment-all-marked = All marked
assessment-words =
    { $count ->
        [one] 1 word
       *[other] { $count } words
    }
assessment-points-up-to = Points, up to { $most }
assessment-points-at-most = { $most } or less, please.
assessment-marked-since = Somebody else has given { $points } points meanwhile. Save once more if yours are to hold.
assessment-marked = Marked.
assessment-mark = Save the mark
assessment-comment = Comment
assessment-show-waiting = Show what waits
assessment-show-marked = Show what is marked
assessment-marked-count =
    { $count ->
        [one] 1 answer marked
       *[other] { $count } answers marked
    }
assessment-waiting-count =
    { $count ->
        [one] 1 waits
       *[other] { $count } wait
    }
assessment-no-attempts = No attempts yet
assessment-no-attempts-text = They appear here once somebody begins.
assessment-more-attempts = More attempts
assessment-state = State
assessment-statistics = Statistics
assessment-measured =
    { $count ->
        [one] Measured over 1 attempt.
       *[other] Measured over { $count } attempts.
    }
assessment-too-few = Too few attempts
assessment-too-few-text = Figures appear once two attempts with all questions are marked.
assessment-mean = Mean
assessment-median = Median
assessment-spread = Standard deviation
assessment-skewness = Skewness
assessment-kurtosis = Kurtosis
assessment-consistency = Internal consistency in %
assessment-error-ratio = Error ratio in %
assessment-standard-error = Standard error in points
assessment-consistency-text = Internal consistency says how well the questions measure the same thing (Cronbach's alpha). The standard error is by how much a total may be off by chance.
assessment-facility = Facility in %
assessment-guess = By guessing in %
assessment-discrimination = Discrimination
assessment-efficiency = Efficiency
assessment-weights = Weight, meant / real
assessment-stands-out = Stands out
assessment-flag-miskeyed = The key may be wrong
assessment-flag-weak = Hardly tells who knows it
assessment-flag-easy = Nearly all have it right
assessment-flag-hard = Hardly anybody has it right
assessment-statistics-text = Facility is the mean mark. Discrimination says how well a question goes along with the rest, from -100 to 100; below 20 is weak, below 0 the key may be wrong. Efficiency is the same, of what was possible.
assessment-regrade = Score anew
assessment-regrade-text = Scores the answers that were handed in by the questions as they are now. What a person marked stays.
assessment-how = How
assessment-regrade-new = By the new key, up or down
assessment-regrade-better = Only where it is more
assessment-regrade-full = All points for who answered this question
assessment-regrade-nothing = Nothing would change
assessment-regrade-nothing-text = Change a question, or choose another way, and look again.
assessment-regrade-sum = People for whom it would change something: { $people }. Answers that get more: { $up }, less: { $down }.
assessment-regrade-changes = What would change
assessment-before = Before
assessment-after = After
assessment-regrade-more =
    { $count ->
        [one] And 1 more.
       *[other] And { $count } more.
    }
assessment-regrade-apply =
    { $count ->
        [one] Make 1 change
       *[other] Make { $count } changes
    }
assessment-regraded =
    { $count ->
        [0] Nothing was changed.
        [one] 1 score was changed.
       *[other] { $count } scores were changed.
    }
