# Values go into texts between \( and ), written as results print them.

"Kyiv speaks of \(ua_killed.value) dead and \(ua_wounded.value) wounded."
"\(count(figures)) figures, \(count(figures | where value is unknown)) of them not reported."

# In a query there is one for each row.
figures
  | where value is known
  | take 3
  | select sentence = "\(subject): \(value) \(measure), says \(claimed_by)"

# Texts are compared as they stand; `has`, `like` and `starts` look past case and accents.
"Corée du Nord" == "coree du nord"
"Corée du Nord" has "coree"
events | where title like "*kursk*" | select title, short = upper(type)
