6

_lifecycle(
&
 namespaces/fields/basic/SequenceC
basic:8
k0000k0051*&2 5Q]#×Ş©QüduïëƒMˆ	$9gİZ‘ƒÌ{Ê·