# Every fact has somebody who claims it, or it is the source's own voice.

figures | where claimed_by == "Zelenskyy" | select subject, measure, value, claimed_by

# Who is anonymous by the report's own words?
facts | where on_record == false | distinct claimed_by

# How much of the report rests on whom?
facts | summarize facts = count() by claimed_by | sort facts desc | take 3
