à

_lifecycleÑ
)
#namespaces/fields/basic/Collections
-
'namespaces/fields/basic/EndorsementInfo
&
 namespaces/fields/basic/Sequence
,
&namespaces/fields/basic/ValidationInfo

namespaces/metadata/basic´
basic
p1publicš
pricesn
&
 öEQüÖğx#Ë‡—û‘Dd%Ú(k:±ï“^½ziöŠD
 öEQüÖğx#Ë‡—û‘Dd%Ú(k:±ï“^½ziöŠ ô¶»eH¬ñœMÿÿïÔªk!üôéuLÀ;s¾|% €\‹.OhÎô‘Ò˜¬¸T]úzgÍşx' 4