# The page of all components, for those who work on this program.
gallery-title = Components
gallery-lead = Every component in every state, light beside dark. What a page needs is taken from here.
gallery-light = light
gallery-dark = dark
gallery-mistakes = Forms with mistakes
gallery-forms = Forms
gallery-buttons = Buttons
gallery-words = Chips and banners
gallery-progress = Progress
gallery-cards = Cards and empty states
gallery-lists = Lists and ways
gallery-table = Tables
gallery-floating = Dialogs, menus and notices
gallery-reading = Long reading
gallery-icons = Icons

gallery-sample-title = Marine ecology
gallery-sample-item = Life between the tides
gallery-sample-locked = Field report
gallery-field-title = Title
gallery-field-email = E-mail address
gallery-field-email-hint = Answers go to this address.
gallery-field-places = Places
gallery-field-role = Role
gallery-field-opens = Opens
gallery-field-about = About the course
gallery-field-about-hint = One or two sentences for the catalogue.
gallery-field-way = How people get in
gallery-field-way-hint = You can change this at any time.
gallery-field-told = Tell me about news
gallery-field-told-hint = At most one mail a day.
gallery-field-file = Picture
gallery-field-file-hint = At least 800 pixels wide.
gallery-role-learner = Learner
gallery-role-teacher = Teacher
gallery-way-open = Everyone may enrol
gallery-way-key = Those who have a key

gallery-save = Save
gallery-preview = Preview
gallery-delete = Delete
gallery-change = Change
gallery-copy = Make a copy
gallery-go-on = Go on
gallery-find = Search
gallery-ask = Ask first

gallery-chip-plain = Draft
gallery-chip-good = Done
gallery-chip-soon = Due tomorrow
gallery-chip-bad = Suspended
gallery-hue = Hue { $number }
gallery-banner-plain = You see this course as a learner would.
gallery-banner-good = Everything is done. Well made.
gallery-banner-soon = This course opens on Monday.
gallery-banner-bad = Three files could not be read. The report names them.

gallery-done = Done
gallery-step-file = Choose a file
gallery-step-look = Look at what would happen
gallery-step-take = Take it over
gallery-saved = Saved

gallery-next = Next
gallery-why = Why this?
gallery-why-text = It is due first, and you have begun it.
gallery-facts = In short
gallery-empty = No modules yet
gallery-empty-text = A module holds what belongs together: a week, a topic, a project.
gallery-empty-action = Add a module
gallery-none = Nothing fits
gallery-none-text = Try fewer words.

gallery-where = Where you are
gallery-tabs = Parts of the course
gallery-tab-outline = Outline
gallery-tab-people = People
gallery-tab-about = About
gallery-locked-why = Opens when “Life between the tides” is done.
gallery-pages = Pages
gallery-page-before = Previous page
gallery-page-after = Next page
gallery-mark = Mark
gallery-name = Name

gallery-question = Delete this module?
gallery-question-text = Its four items go with it. This cannot be undone.
gallery-toast = The module has been moved.

gallery-prose = Twice a day the sea gives the shore back. What lives there is wet and dry, warm and cold, in one morning.
gallery-prose-link = Read about the moon.
gallery-prose-mark = Worth keeping.
gallery-prose-quote = A rock pool is a small sea with a short memory.
gallery-callout = Good to know
gallery-callout-text = Look at the tide table before you set out.
gallery-diff-old = The tide turns once a day.
gallery-diff-new = The tide turns four times a day.
