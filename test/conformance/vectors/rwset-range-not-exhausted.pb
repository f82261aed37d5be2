6

_lifecycle(
&
 namespaces/fields/basic/Sequence_
basicVT
kk0100*H2 5Q]#×Ş©QüduïëƒMˆ	$9gİZ‘ƒÌ{Ê· f§gıõM®7JŒü	\İüİß…¸"B) §üCB