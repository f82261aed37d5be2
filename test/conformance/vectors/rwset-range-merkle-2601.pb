6

_lifecycle(
&
 namespaces/fields/basic/SequenceC
basic:8
m0000m2601*&2 ı:ë~ÁFù!EEÕ6È‡Â÷wÿ'íß/7â÷≠5m