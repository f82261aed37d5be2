6

_lifecycle(
&
 namespaces/fields/basic/Sequencee
basic\Z
k0000k0052*H2 5Q]#×Ş©QüduïëƒMˆ	$9gİZ‘ƒÌ{Ê· C–”å¸1zƒ»Uÿ”CÌş:ïà!uàG[55œ³Æ