6

_lifecycle(
&
 namespaces/fields/basic/Sequencee
basic\Z
m0000m2652*H2 ı:ë~ÁFù!EEÕ6È‡Â÷wÿ'íß/7â÷≠5m √j¶;≤{nóö¶n˘ß:‡≈è6(Jêy ÈFÃ