# People: signing in, one's own account, running the institution.
nav-institution = Institution
language-en = English
language-de = Deutsch
people-where = You are here
people-given = Given name
people-family = Family name
people-name = Name
people-email = E-mail address
people-language = Language
people-zone = Time zone
people-pronouns = Pronouns
people-pronouns-hint = How others should speak of you.
people-about = About you
people-about-hint = A few lines that people of the institution see on your profile.
people-password = Password
people-password-current = Current password
people-password-new = New password
people-password-again = New password, again
people-password-hint = At least 10 characters. A few words in a row are easy to keep in mind and hard to guess.
people-mail-hint = If nothing comes within a few minutes, check your spam folder.

# Signing in.
sign-in-title = Sign in
sign-in-action = Sign in
sign-in-remember = Stay signed in on this device
sign-in-remember-hint = For 30 days after your last visit. Not on a device that others use.
sign-in-forgotten = Password forgotten?
sign-in-to-sign-up = Make an account
sign-in-to-sign-in = To the sign-in page

sign-up-title = Make an account
sign-up-lead = We send you a link with which you choose a password.
sign-up-lead-domains = For addresses of { $domains }. We send you a link with which you choose a password.
sign-up-action = Send me the link
sign-up-sent-title = Check your mail
sign-up-sent = We have sent a link to { $email }. It works for one day.
sign-up-closed-title = Accounts are made by invitation
sign-up-closed = Ask those who run the institution for an invitation.

reset-title = Choose a new password
reset-lead = Tell us your e-mail address. If there is an account with it, we send it a link.
reset-action = Send me the link
reset-sent-title = Check your mail
reset-sent = If there is an account for { $email }, a link is on its way to it. It works for one hour.
reset-ask-again = Ask for a new link
reset-choose-title = Choose a new password
reset-choose-lead = For the account { $email }. You will be signed out everywhere else.
reset-choose-action = Save and sign in
reset-done = Your password was changed. You are signed in.

invitation-title = Welcome
invitation-lead = Your account is { $email }. Check your name and choose a password.
invitation-action = Sign in
invitation-done = Welcome, { $name }.

confirm-title = Confirm your new address
confirm-lead = From now on your account is { $email }, and you sign in with it.
confirm-action = Confirm
confirm-done = Your account is { $email } now.

# The first run.
first-run-title = Set up your institution
first-run-lead = This is the first visit. You become the administrator and can change everything here later.
first-run-code = Set-up code
first-run-code-hint = The server has printed it when it started. It looks like K7QF-2MXD-9RTW.
first-run-institution = The institution
first-run-you = You
first-run-action = Begin
first-run-done = Everything is ready. Next: your units, your people, and the first course.

# Mails.
mail-hello = Hello { $name },
mail-reset-subject = Choose a new password for { $institution }
mail-reset-text = Somebody, hopefully you, has asked for a new password for your account. With this link you choose one. It works once, for one hour:
mail-reset-not-you = If that was not you, do nothing: your password stays as it is.
mail-invitation-subject = Your account at { $institution }
mail-invitation-text = An account has been made for you at { $institution }. With this link you choose a password and come in. It works once, for two weeks:
mail-sign-up-subject = Your account at { $institution }
mail-sign-up-text = With this link you choose a password, and your account at { $institution } is made. It works once, for one day:
mail-sign-up-not-you = If you have not asked for an account, do nothing: none will be made.
mail-e-mail-subject = Confirm your new address at { $institution }
mail-e-mail-text = With this link you confirm that your account shall have this address. It works once, for one day:
mail-e-mail-not-you = If you have not asked for this, do nothing.
mail-notice-subject = Your account at { $institution } has a new address
mail-notice-text = Your account has the address { $email } now. If that was not you, please tell those who run { $institution } at once.

# One's own account.
me-title = My account
me-as-others-see = As others see it
me-profile = Profile
me-profile-save = Save profile
me-profile-saved = Your profile is saved.
me-language-browser = As the browser asks
me-zone-institution = As the institution has it ({ $zone })
me-password-save = Change password
me-password-saved = Your password was changed, and you are signed out everywhere else.
me-password-ends-others = You will be signed out on all other devices.
me-email-change = Change the address
me-email-new = New e-mail address
me-email-hint = We send a link to the new address. It counts once you have followed that.
me-email-send = Send the link
me-email-sent = A link is on its way to { $email }. Your address changes once you follow it.
me-email-awaited = { $email } waits to be confirmed: follow the link that we have sent there.
me-appearance = How pages look
me-theme = Colours
me-theme-system = As the device has it
me-theme-light = Light
me-theme-dark = Dark
me-contrast = Contrast
me-contrast-normal = Normal
me-contrast-more = Stronger
me-appearance-save = Save
me-appearance-saved = Saved.
me-sessions = Signed-in devices
me-session-here = This device
me-session-seen = Last visit:
me-session-unknown = Unknown device
me-session-end = Sign out
me-session-end-named = Sign out { $device }
me-session-ended = That device is signed out.
me-sessions-end-others = Sign out all others
me-sessions-ended = { $count ->
    [0] No other device was signed in.
    [one] { $count } device is signed out.
   *[other] { $count } devices are signed out.
}
me-tokens = Access for programs
me-tokens-lead = A program with such a key may do all that you may do.
me-token-add = Make a key
me-token-name = What is it for?
me-token-name-hint = A name by which you will know it again.
me-token-days = Days until it ends
me-token-make = Make the key
me-token-made = Copy this key now. It is not shown again.
me-token-until = Until { $date }
me-token-end = End
me-token-end-named = End the key { $name }
me-token-ended = The key does not work any more.

profile-edit = Change my profile
profile-who-sees = Everyone of the institution who is signed in sees this.
profile-administer = Account and roles

# The institution.
hub-count-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
hub-count-invited = { $count ->
    [one] { $count } not signed in yet
   *[other] { $count } not signed in yet
}
hub-count-suspended = { $count ->
    [one] { $count } suspended
   *[other] { $count } suspended
}
hub-count-units = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
hub-people = Add and invite people, import lists, give roles.
hub-units = Faculties, schools, departments, teams: the tree of the house.
hub-roles = What teachers, learners and all others may do.
hub-explain = Why somebody may do something, or why not.
hub-settings = Name, language, time zone, and who may make an account.

institution-settings-title = Settings
institution-name = Name of the institution
institution-language-hint = For those whose browser asks for none that we have.
institution-zone-hint = For those who have chosen none.
institution-sign-up = Who may make an account?
institution-sign-up-closed = Nobody: administrators add people
institution-sign-up-invitation = Those who are invited
institution-sign-up-open = Anyone with an address of the domains below
institution-domains = Domains of e-mail addresses
institution-domains-hint = One on each line, such as uni.example. Subdomains are included. None: every address may sign up.
institution-save = Save settings
institution-saved = The settings are saved.

people-title = People
people-add = Add a person
people-add-lead = For more than a few, import a list from a file:
people-import = Import a list
people-export = Export
people-search = Name, address or id
people-find = Find
people-unit = Unit
people-unit-any = All units
people-no-unit = No unit
people-role = Role
people-roles = Roles
people-role-any = All roles
people-role-in-courses = { $role }, in courses
people-state = State
people-state-any = All states
people-state-active = Active
people-state-invited = Not signed in yet
people-state-suspended = Suspended
people-seen = Last visit
people-added = Added
people-never = Never
people-choose = Choose { $name }
people-choose-all = Choose all on this page
people-with-chosen = With those chosen:
people-suspend = Suspend
people-unsuspend = Let in again
people-suspended = { $count ->
    [one] { $count } person is suspended and signed out.
   *[other] { $count } people are suspended and signed out.
}
people-unsuspended = { $count ->
    [one] { $count } person may sign in again.
   *[other] { $count } people may sign in again.
}
people-undone = { $count ->
    [0] Nothing was left to undo.
    [one] Undone for { $count } person.
   *[other] Undone for { $count } people.
}
people-nothing-changed = They were so already.
people-none-chosen = Choose somebody first.
people-too-many-chosen = At most { $count } people can be changed at once.
people-none = Nobody is here yet
people-none-text = Add the first person, or import a list from a file.
people-none-found = Nobody fits
people-none-found-text = Look for the start of a name, or take a filter away.
people-show-all = Show all
people-pages = Pages
people-first-page = First page
people-previous-page = Previous page
people-next-page = Next page
people-page-of = Page { $page } of { $pages }
people-external-id = Id in another system
people-external-id-hint = Such as a student or staff number. A list that is imported finds the person by it.
people-invite = Send an invitation
people-invite-hint = A mail with a link to choose a password. You can also do it later.
people-added-invited = Added. An invitation is on its way to { $email }.
people-added-plain = { $email } is added. Send an invitation when the time has come.

person-details = Details
person-save = Save
person-saved = Saved.
person-explain = What may this person do?
person-no-roles = No role yet.
person-role-not-now = does not count now
person-role-from = from { $date }
person-role-until = until { $date }
person-role-given-by = Given by { $name }, { $date }
person-role-given-on = Given { $date }
person-role-add = Give a role
person-role-where = Where
person-role-starts = From
person-role-ends = Until
person-role-give = Give the role
person-role-given = The role is given.
person-role-held = The person holds this role there already.
person-role-take = Take away
person-role-take-named = Take away { $role }
person-role-taken = The role is taken away.
person-account = Account
person-invite = Send an invitation
person-invited = An invitation is on its way to { $email }.
person-link = Make a link to hand over
person-link-made = With this link the person chooses a password.
person-link-hint = It works once. Hand it over in person or by a safe way; it is not shown again.
person-no-sessions = Not signed in anywhere.
person-sessions-end = Sign out everywhere
person-mightier = This person has powers that you do not have, so only an administrator can change the account.

place-institution = the whole institution
place-some-institution = the whole institution
place-some-unit = a unit
place-some-course = a course
place-some-section = a section of a course
place-some-activity = an activity

units-title = Units
units-lead = Roles that are given in a unit count in all units below it.
units-none = No units yet
units-none-text = Add the first: a faculty, a school, a department.
units-needed = A course belongs to a unit, and there is none yet. An administrator adds the first under Institution, Units.
units-add = Add a unit
units-name = Name
units-parent = Part of
units-top = The institution itself
units-move-hint = The unit moves with all below it.
units-people = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
units-added = { $name } is added.
units-save = Save
units-saved = The unit is saved.
units-more = More
units-to-people = The people of this unit
units-to-roles = What roles may do here
units-delete = Delete the unit
units-delete-hint = A unit can be deleted once nobody and nothing is in it.
units-deleted = The unit is deleted.

# Roles.
role-administrator = Administrator
role-manager = Manager
role-teacher = Teacher
role-assistant = Assistant
role-author = Author
role-learner = Learner
role-observer = Observer
role-member = Member
role-everyone = Everyone
role-about-administrator = May do everything.
role-about-manager = Runs a unit or the institution day by day.
role-about-teacher = Runs a course: its content, its people, its progress.
role-about-assistant = Helps in a course without changing its content.
role-about-author = Writes a course without seeing its people.
role-about-learner = Takes a course.
role-about-observer = Looks on: a parent, a mentor, an auditor.
role-about-member = May look at a course, no more.
role-about-everyone = Everybody who is signed in, without being given it.
roles-title = Roles
roles-title-at = Roles in { $place }
roles-lead = What each role may do. Choose a role to change it.
roles-lead-at = What is said here counts here and below, before what is said for the whole institution.
roles-permission = Permission
roles-setting = This role
roles-base = In the whole institution
roles-role-at = { $role } in { $place }
roles-rule = For each role, what is said at the narrowest place counts. If any of a person's roles prohibits it, the answer is no; else, if any allows it, it is yes.
roles-save = Save
roles-saved = { $count ->
    [0] Nothing was different.
    [one] { $count } permission is changed.
   *[other] { $count } permissions are changed.
}
roles-add = Make a role
roles-added = The role is made. Say what it may do.
roles-name = Name of the role
roles-about = What it is for
roles-like = Begin with what this role may do
roles-like-none = Nothing
roles-like-hint = You can change it afterwards.
roles-rename = Rename
roles-renamed = The role is renamed.
roles-delete = Delete the role
roles-delete-hint = A role can be deleted once nobody holds it.
roles-deleted = The role is deleted.
roles-overrides = Exceptions
roles-overrides-none = Nowhere is anything said otherwise. To do so, open a unit and choose what roles may do there.
roles-overrides-count = { $count ->
    [one] { $count } exception
   *[other] { $count } exceptions
}
setting-allow = Allowed
setting-prevent = Not by this role
setting-prohibit = Prohibited, whatever other roles say
setting-inherit = As further up
setting-none = Nothing said

permission-people-view = See the list of people
permission-people-edit = Add, change and suspend people
permission-people-assign = Give roles and take them away
permission-people-profile = See the profiles of others
permission-institution-units = Change the units
permission-institution-roles = Say what roles may do
permission-institution-settings = Change the settings
permission-access-explain = Ask why somebody may do something

# Why the answer is yes or no.
explain-title = Explain access
explain-lead = May this person do that there? And why?
explain-person = Their e-mail address
explain-permission = May they
explain-place = Where
explain-ask = Explain
explain-nobody = There is nobody with this address.
explain-question = { $name }: { $permission }, { $place }
explain-yes = Yes.
explain-no = No.
explain-administrator = An administrator may do everything.
explain-allowed = The role { $role } allows it.
explain-prohibited = The role { $role } prohibits it, and that counts before all that other roles say.
explain-prevented = The role { $role } would allow it, but no longer does at this place.
explain-silent = No role that this person holds here says so.
explain-suspended = The account is suspended at the moment, so the person cannot sign in at all.
explain-roles = Roles that count here
explain-decides = Decides
explain-role-everything = Everything is allowed.
explain-role-silent = Says nothing about it.
explain-role-says = { $setting } ({ $place }), as it came with the program.
explain-role-says-by = { $setting } ({ $place }), set by { $name }, { $date }.
explain-held = Held in { $place } since { $date }.
explain-held-by = Held in { $place } since { $date }, given by { $name }.
explain-not-here = Roles that do not count here
explain-elsewhere = { $role }, held in { $place }
explain-not-yet = { $role } in { $place }, from { $date }
explain-no-longer = { $role } in { $place }, until { $date }
explain-would = These roles would allow it: { $roles }.
explain-to-person = Give a role

# Lists from a file.
people-import-title = Import a list of people
people-import-lead = Choose a file, see what would happen, then import it. The same list can be imported again: nobody is doubled.
people-import-file = File
people-import-file-hint = CSV from any spreadsheet, with the names of the columns in the first line. Up to 10,000 people.
people-import-look = See what would happen
people-import-columns = Columns
people-import-about-given = Given name; needed for new people.
people-import-about-family = Family name.
people-import-about-email = E-mail address; needed for new people.
people-import-about-external-id = Id in another system. By it the person is found again, even with a new address.
people-import-about-unit = A unit, or the way to it: Science / Biology.
people-import-about-roles = Roles, with | between them; teacher@Biology holds only in that unit. Roles are added, never taken away.
people-import-about-locale = Language: en or de.
people-import-recent = Lists so far
people-import-rows = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
people-import-reading = Read as { $encoding }, columns separated by { $separator }
people-import-ignored = Left out: { $columns }
people-import-tab = tab
people-import-plan-lead = Nothing has been changed yet. This is what would happen.
people-import-running-lead = The list is being imported. You can leave this page.
people-import-done-lead = The list was imported. This is what became of each line.
people-import-progress = { $done } of { $total } lines
people-import-outcomes = Outcomes
people-import-all = All
people-import-added = New
people-import-changed = Changed
people-import-unchanged = As they were
people-import-refused = Refused
people-import-one-added = New
people-import-one-changed = Changed
people-import-one-unchanged = As it was
people-import-one-refused = Refused
people-import-invite = Send an invitation to everyone who is new
people-import-invite-hint = A mail with a link to choose a password.
people-import-start = { $count ->
    [one] Import { $count } person
   *[other] Import { $count } people
}
people-import-no-work = There is nothing to import.
people-import-other = Hand in another file
people-import-none = No line came to this.
people-import-line = Line
people-import-outcome = Outcome
people-import-what = What and why
people-import-column-given = Given name
people-import-column-family = Family name
people-import-column-email = E-mail address
people-import-column-external-id = Id
people-import-column-unit = Unit
people-import-column-role = Role
people-import-column-locale = Language
people-import-email-missing = The e-mail address is missing.
people-import-email-invalid = This is no e-mail address.
people-import-given-missing = The given name is missing or too long.
people-import-family-long = The family name is too long.
people-import-external-id-long = The id is too long.
people-import-cell-long = A cell holds more than 1,000 characters.
people-import-locale-unknown = We do not have the language “{ $value }”.
people-import-unit-unknown = There is no unit “{ $value }”.
people-import-unit-ambiguous = There are several units “{ $value }”. Write the way to it, such as Science / Biology.
people-import-role-unknown = There is no role “{ $value }”.
people-import-role-mighty = You may not give the role “{ $value }”.
people-import-too-many-roles = More than 20 roles in one line.
people-import-email-taken = The address belongs to somebody else, with the id { $value }.
people-import-email-taken-plain = The address belongs to somebody else.
people-import-twice = The same person stands on line { $value } already.
people-import-not-yours = This person or unit is outside of what you may change.
people-import-fault-empty = There is nobody in the file.
people-import-fault-large = The file is larger than { $limit } MB.
people-import-fault-rows = The file has more than { $limit } people. Divide it.
people-import-fault-columns = The first line must name the columns, among them email or external_id.
people-import-fault-twice = The column { $column } is there twice.
people-import-fault-text = This is no text file. Save the spreadsheet as CSV.
people-import-fault-line = Line { $line } cannot be read. Perhaps a quotation mark does not close.

# What was refused, and why.
people-refused-name-missing = Please give a name.
people-refused-name-long = At most 120 characters.
people-refused-given-missing = Please give a name of at most 120 characters.
people-refused-family-long = At most 120 characters.
people-refused-email-invalid = This is not an e-mail address. It should look like name@example.org.
people-refused-email-taken = Somebody else has this address already.
people-refused-email-domain = Accounts can be made only with addresses of the domains above.
people-refused-domain-invalid = “{ $domain }” is no domain. It should look like uni.example.
people-refused-too-many-domains = At most 200 domains.
people-refused-external-id-taken = Somebody else has this id already.
people-refused-external-id-long = At most 120 characters.
people-refused-about-long = At most 2,000 characters.
people-refused-pronouns-long = At most 40 characters.
people-refused-locale = We do not have this language.
people-refused-zone = There is no such time zone.
people-refused-no-unit = This unit does not exist any more.
people-refused-unit-name-taken = There is a unit of this name in the same place.
people-refused-unit-in-itself = A unit cannot be part of itself or of what lies below it.
people-refused-unit-deep = Units may lie at most 12 deep in each other.
people-refused-unit-in-use = There is still somebody or something in this unit: people, roles, courses, or units below it.
people-refused-too-many-units = There can be at most 5,000 units.
people-refused-no-role = There is no such role.
people-refused-role-name-taken = There is a role of this name already.
people-refused-role-in-use = Somebody still holds this role.
people-refused-too-many-roles = There can be at most 100 roles.
people-refused-role-built-in = This role came with the program and cannot be changed like this.
people-refused-role-mighty = This role may do more than you may do there, so you cannot give it or take it away.
people-refused-too-many-overrides = There can be at most 2,000 exceptions.
people-refused-end-before-start = The end must come after the start.
people-refused-yourself = You cannot suspend yourself.
people-refused-last-administrator = Somebody must stay administrator. Give that role to somebody else first.
people-refused-password-short = At least 10 characters, please.
people-refused-password-long = At most 256 characters, please.
people-refused-password-common = This password is among the first that are guessed. Please choose another, such as a few words in a row.
people-refused-password-personal = This is your name or your address. Please choose something that nobody can know.
people-refused-passwords-differ = The two are not the same. Please type it once more.
people-refused-password-wrong = This is not your current password.
people-refused-sign-in = Address or password is not right. Check both and try again.
people-refused-suspended = This account is suspended. Ask those who run the institution.
people-refused-wait = { $count ->
    [one] That was tried too often. Please wait { $count } minute, then try again.
   *[other] That was tried too often. Please wait { $count } minutes, then try again.
}
people-refused-link = This link does not work any more: it was used already, or its time is over.
people-refused-code = This is not the set-up code. The server printed it when it was last started.
people-refused-set-up = The institution is set up already.
people-refused-sign-up-closed = Accounts are not open to everyone here.
