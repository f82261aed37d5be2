6

_lifecycle(
&
 namespaces/fields/basic/Sequence|
basicsq
*j2 d»q…Е0tGd2њuzмх
U„Ф]КyЫюN”5 РеЁІнО{ДзJhЃъv¤ъвЭ…Л‡Юх}§qPФ @<рю–›њx\\ыѓ0Тч‘¤У|`mНоR6Ц”ЦHs