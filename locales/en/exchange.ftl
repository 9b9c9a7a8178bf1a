exchange-new = Import a course
exchange-new-lead = Hand in a package from Canvas, Moodle, Blackboard, Sakai or another system. You see what becomes of each part before anything is made.
exchange-into = Import and export
exchange-into-lead = Add what is in a package to this course. Importing the same package again doubles nothing.
exchange-unit = Where the course belongs
exchange-package = Package
exchange-package-hint = Common Cartridge (.imscc) or IMS content package (.zip), up to 512 MB.
exchange-look = Look into it
exchange-refused = This package cannot be imported: { $fault }
exchange-untitled = Untitled
exchange-more = More
exchange-earlier = Earlier imports
exchange-kept = Kept for later
exchange-kept-text = Parts that have no place here yet. They are kept whole, and go out again with an export.
exchange-out = Take the course with you
exchange-out-text = As Common Cartridge 1.3, which Canvas, Moodle and others read.
exchange-download = Download the course
exchange-state-looked = Looked at
exchange-state-running = Running
exchange-state-done = Done
exchange-state-failed = Failed
exchange-would = This is what would happen
exchange-would-text = Nothing is made yet. Below is what becomes of each part of the package.
exchange-start = Import
exchange-other = Another package
exchange-running = The package is being imported
exchange-running-text = You can leave this page; it goes on without you.
exchange-progress = Progress
exchange-failed = It could not be imported
exchange-again = Try again
exchange-done = It is done
exchange-done-text = Nobody else sees the course before you publish it.
exchange-to-course = To the course
exchange-preview = See it as a learner
exchange-not-again = This import runs already, or is done.
exchange-report = Part by part
exchange-part = Part
exchange-kind = Kind
exchange-fate = What becomes of it
exchange-taken = Taken
exchange-changed = Changed
exchange-same = There already
exchange-left = Left
exchange-findings = { $count ->
    [one] One remark on the package
   *[other] { $count } remarks on the package
}
exchange-and-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
exchange-kind-course = Course
exchange-kind-settings = Settings
exchange-kind-syllabus = Syllabus
exchange-kind-module = Module
exchange-kind-heading = Heading
exchange-kind-page = Page
exchange-kind-link = Link
exchange-kind-file = File
exchange-kind-video = Video
exchange-kind-quiz = Quiz
exchange-kind-question-bank = Question bank
exchange-kind-assignment = Assignment
exchange-kind-discussion = Discussion
exchange-kind-announcement = Announcement
exchange-kind-tool = Tool
exchange-kind-other = Other
exchange-note-kept = Kept for later: there is no place for it here yet.
exchange-note-as-page = Its text became a page; the assignment itself is kept for later.
exchange-note-html = It stays HTML, because Markdown would lose something.
exchange-note-removed = Taken out: { $about }.
exchange-note-link-left = A link leads to "{ $about }", which is kept for later.
exchange-note-link-broken = A link leads to nothing in the package: { $about }.
exchange-note-unknown = Of a kind that is not known here: { $about }.
exchange-note-missing = Its file is not in the package.
exchange-note-unsafe-address = Its address is not one that can be linked: { $about }.
exchange-note-unused = Nothing in the package uses it.
exchange-note-edited = It was changed here since; your text stays.
exchange-note-taken-out = Somebody took it out of the course.
exchange-note-updated = It has a new version; the one before is kept.
exchange-note-outside = It was in no module.
exchange-note-too-many = A course can have 3,000 items; this is one too many.
exchange-start-module = Start here
exchange-file-missing = The bytes of { $name } are missing, so that the course cannot be written. Replace that file, or restore it from a backup.
exchange-note-alternative = Another form of it was taken: { $about }. This one is kept.
exchange-note-as-syllabus = It became the syllabus of the course, under About.
exchange-note-describes-nothing = It describes something that is not in the package. It is kept.
exchange-note-empty = There is nothing in it.
exchange-note-file-dates = It was open only for a time; open it yourself when it is time again.
exchange-note-file-locked = Only those who make the course can open it, as before.
exchange-note-frames-elsewhere = { $about ->
    [1] A frame of another site became a link to it; a clip can be played in the page.
   *[other] { $about } frames of other sites became links to them; clips can be played in the page.
}
exchange-note-front = It was the first page of the course.
exchange-note-image = The picture of the course lies among its files; a course has a colour here.
exchange-note-indent = It stood further in than lines can here.
exchange-note-instructors = It is for those who teach only, and a draft.
exchange-note-kept-settings = Rubrics, groups, outcomes and other settings are kept for later.
exchange-note-launches = It is launched at { $about }.
exchange-note-made-file = It stood in the text itself and became a file.
exchange-note-mark-instead = It asked for more than looking at it; here one says that it is done.
exchange-note-module-empty = All that it holds is kept for later, so that it is empty.
exchange-note-own-settings = The course keeps its own settings.
exchange-note-pictures-elsewhere = { $about ->
    [1] A picture on another site became a link to it, so that the site does not learn who reads.
   *[other] { $about } pictures on other sites became links to them, so that the sites do not learn who reads.
}
exchange-note-scheduled = It opens at its time.
exchange-note-settings = Title, short name, dates, language, licence and description.
exchange-note-settings-left = No setting here for: { $about }. They are kept.
exchange-note-styles = Styles and scripts of pages stay behind.
