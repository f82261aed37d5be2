6

_lifecycle(
&
 namespaces/fields/basic/Sequence^
basicU


absent-key

	feeder/F2
	feeder/F2x
feeder/F2~2x
feeder/F2~gone