# How this language writes numbers and dates. `format-group` is `,`, `.` or `space`; `format-decimal` is `.` or `,`.
format-group = ,
format-decimal = .
format-percent = { $number }%

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

date-long = { $weekday } { $day } { $month } { $year }
date-short = { $day } { $month }
date-short-year = { $day } { $month } { $year }
date-and-time = { $date }, { $time }
time-clock = { $hour }:{ $minute }

when-now = now
when-minutes-ahead = { $count ->
    [one] in { $count } minute
   *[other] in { $count } minutes
}
when-minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
when-today = today { $time }
when-tomorrow = tomorrow { $time }
when-yesterday = yesterday { $time }
when-weekday = { $weekday } { $time }
when-days-ahead = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
when-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
when-elsewhere = { $time } in { $zone }
span-minutes = { $count } min
span-hours = { $count } h
span-hours-minutes = { $hours } h { $minutes } min

# Error pages: a title, what happened, and a way on.
error-title-bad-request = This request cannot be understood
error-title-sign-in = Please sign in
error-title-forbidden = You may not do this
error-title-not-found = There is nothing here
error-title-conflict = This does not fit what is there
error-title-too-large = This is too large
error-title-invalid = Something in this is not right yet
error-title-too-often = A moment, please
error-title-internal = Something broke on our side
error-title-busy = Very busy just now
error-bad-request = The address or the form holds something that this page cannot read. Go back and try once more.
error-sign-in = This page is for people who are signed in.
error-forbidden = Your role here does not include this. Somebody who runs the course or the institution can change that.
error-not-found = The page may have moved, or it is not shared with you. Check the address, or start again from your own page.
error-conflict = Somebody may have changed it in the meantime. Go back, load the page again, and try once more.
error-method = This address exists, but not for what was asked of it.
error-media-type = What was sent is of a kind that this page does not take.
error-too-large = At most { $limit } MB can be sent here. Nothing was saved.
error-too-large-plain = More was sent than this page takes. Nothing was saved.
error-too-often = That was tried too often in a short time. Wait a little and try again.
error-internal = It was recorded and nothing was half saved. Try again; if it happens once more, give the number below to those who run this server.
error-busy = More is being asked than can be answered at once. Nothing was saved. Try again in a few seconds.
error-timeout = This took longer than it may. It may still have been done: look before you try again.
error-cross-site = The form came from another site, so it was not taken. Open the page here and send it again.
error-upload-broken = The upload broke off. Nothing was saved. Send it again.
error-upload-files = At most { $count } files can be sent at once. Nothing was saved.
error-go-home = To your own page
error-go-sign-in = Sign in

error-list-title = What errors mean
error-list-intro = A program that asks this server for something and is refused gets one of these codes.

# What is wrong in a field.
field-required = Please fill this in.
field-too-long = { $count ->
    [one] At most { $count } character.
   *[other] At most { $count } characters.
}
field-too-short = { $count ->
    [one] At least { $count } character.
   *[other] At least { $count } characters.
}
field-integer = Please give a whole number, such as 12.
field-decimal = Please give a number, such as 7.5.
field-at-least = { $least } or more, please.
field-at-most = { $most } or less, please.
field-email = This is not an e-mail address. It should look like name@example.org.
field-url = This is not a web address. It should look like https://example.org.
field-date = Please give a date.
field-date-time = Please give a date and a time.
field-date-gap = The clock skips this time on that day. Please choose one an hour later.
field-choice = Please choose one of the options.
field-unreadable = This holds signs that cannot be stored. Please write it again.
