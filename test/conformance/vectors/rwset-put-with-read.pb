6

_lifecycle(
&
 namespaces/fields/basic/Sequence-
basic$

	feeder/F1
	feeder/F1open