# Die Noten eines Kurses.
permission-grades-edit = Noten geben und festlegen, wie sie entstehen
permission-grades-view = Die Noten aller sehen
