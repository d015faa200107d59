/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * MESSAGE_ID= of each journal entry of the helper; units/dadwait.catalog explains each, and what to do
 */

#define MESSAGE_WAITING           "1292fce0b2b34475bf08eb2c2c759cef"
#define MESSAGE_READY             "b4af8e9dd9ef421d9d0887293f748423"
#define MESSAGE_GAVE_UP           "29dec1840f574bc4ab43f1bd197331f0"
#define MESSAGE_DUPLICATE         "fe7f6927348a42f9bf9b8d0e6266ec88"
#define MESSAGE_ABSENT            "c7e156e4c7ba4a3094890e0ad7b8217c"
#define MESSAGE_NO_CARRIER        "f0abfcfd139f4c80ac278025fd48809e"
#define MESSAGE_TENTATIVE         "ea69411b9593457194ad1e3f57d415dc"
#define MESSAGE_CANNOT_WATCH      "de9293155ac94f8f9302092e15301d4a"
#define MESSAGE_OTHER_VRF         "38283438035d4bebbe1a6e227d1a735e"
#define MESSAGE_ALREADY_TIMED_OUT "15259219f3b547d48c03283452496367"
