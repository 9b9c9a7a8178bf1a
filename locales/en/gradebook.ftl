# The gradebook of a course.
permission-grades-edit = Give grades and set how they are made
permission-grades-view = See everybody's grades
