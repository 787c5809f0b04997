namespace MedId.Consent;

/// <content>What the notice states, and how it was shown.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Notice =>
    [
        CaseFact.Flag("notice_given", static c => c.NoticeGiven, static (c, v) => c with { NoticeGiven = v }),
        CaseFact.Flag("notice_plain", static c => c.NoticePlain, static (c, v) => c with { NoticePlain = v }),
        CaseFact.Flag("notice_language_fits", static c => c.NoticeLanguageFits, static (c, v) => c with { NoticeLanguageFits = v }),
        CaseFact.Flag("notice_before", static c => c.NoticeBefore, static (c, v) => c with { NoticeBefore = v }),
        CaseFact.Flag("notice_right_place", static c => c.NoticeRightPlace, static (c, v) => c with { NoticeRightPlace = v }),
        CaseFact.Flag("notice_layered", static c => c.NoticeLayered, static (c, v) => c with { NoticeLayered = v }),
        CaseFact.Flag("notice_findable_later", static c => c.NoticeFindableLater, static (c, v) => c with { NoticeFindableLater = v }),
        CaseFact.Flag("notice_accessible", static c => c.NoticeAccessible, static (c, v) => c with { NoticeAccessible = v }),
        CaseFact.Flag("notice_purpose", static c => c.NoticePurpose, static (c, v) => c with { NoticePurpose = v }),
        CaseFact.Flag("notice_purpose_clear", static c => c.NoticePurposeClear, static (c, v) => c with { NoticePurposeClear = v }),
        CaseFact.Flag("notice_controller", static c => c.NoticeController, static (c, v) => c with { NoticeController = v }),
        CaseFact.Flag("notice_controller_contact", static c => c.NoticeControllerContact, static (c, v) => c with { NoticeControllerContact = v }),
        CaseFact.Flag("notice_dpo", static c => c.NoticeDpo, static (c, v) => c with { NoticeDpo = v }),
        CaseFact.Flag("notice_data_types", static c => c.NoticeDataTypes, static (c, v) => c with { NoticeDataTypes = v }),
        CaseFact.Flag("notice_collection_method", static c => c.NoticeCollectionMethod, static (c, v) => c with { NoticeCollectionMethod = v }),
        CaseFact.Flag("notice_collection_time_place", static c => c.NoticeCollectionTimePlace, static (c, v) => c with { NoticeCollectionTimePlace = v }),
        CaseFact.Flag("notice_use", static c => c.NoticeUse, static (c, v) => c with { NoticeUse = v }),
        CaseFact.Flag("notice_storage_place", static c => c.NoticeStoragePlace, static (c, v) => c with { NoticeStoragePlace = v }),
        CaseFact.Flag("notice_recipients", static c => c.NoticeRecipients, static (c, v) => c with { NoticeRecipients = v }),
        CaseFact.Flag("notice_retention", static c => c.NoticeRetention, static (c, v) => c with { NoticeRetention = v }),
        CaseFact.Flag("notice_rights", static c => c.NoticeRights, static (c, v) => c with { NoticeRights = v }),
        CaseFact.Flag("notice_inquiry", static c => c.NoticeInquiry, static (c, v) => c with { NoticeInquiry = v }),
        CaseFact.Flag("notice_choices", static c => c.NoticeChoices, static (c, v) => c with { NoticeChoices = v }),
        CaseFact.Flag("notice_basis", static c => c.NoticeBasis, static (c, v) => c with { NoticeBasis = v }),
        CaseFact.Flag("notice_risks", static c => c.NoticeRisks, static (c, v) => c with { NoticeRisks = v }),
        CaseFact.Flag("notice_withdrawal", static c => c.NoticeWithdrawal, static (c, v) => c with { NoticeWithdrawal = v }),
        CaseFact.Flag("notice_complaint", static c => c.NoticeComplaint, static (c, v) => c with { NoticeComplaint = v }),
        CaseFact.Flag("notice_required", static c => c.NoticeRequired, static (c, v) => c with { NoticeRequired = v }),
        CaseFact.Flag("notice_automated_decisions", static c => c.NoticeAutomatedDecisions, static (c, v) => c with { NoticeAutomatedDecisions = v }),
        CaseFact.Flag("notice_transfer_safeguards", static c => c.NoticeTransferSafeguards, static (c, v) => c with { NoticeTransferSafeguards = v }),
        CaseFact.Flag("notice_transfer_risks", static c => c.NoticeTransferRisks, static (c, v) => c with { NoticeTransferRisks = v }),
        CaseFact.Flag("notice_source", static c => c.NoticeSource, static (c, v) => c with { NoticeSource = v }),
        CaseFact.Flag("notice_country", static c => c.NoticeCountry, static (c, v) => c with { NoticeCountry = v }),
        CaseFact.Flag("notice_country_regime", static c => c.NoticeCountryRegime, static (c, v) => c with { NoticeCountryRegime = v }),
        CaseFact.Flag("notice_recipient_measures", static c => c.NoticeRecipientMeasures, static (c, v) => c with { NoticeRecipientMeasures = v }),
        CaseFact.Flag("notice_abroad_reason", static c => c.NoticeAbroadReason, static (c, v) => c with { NoticeAbroadReason = v }),
        CaseFact.Flag("notice_sold_or_shared", static c => c.NoticeSoldOrShared, static (c, v) => c with { NoticeSoldOrShared = v }),
    ];
}
