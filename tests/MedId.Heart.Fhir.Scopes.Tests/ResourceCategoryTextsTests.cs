namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class ResourceCategoryTextsTests
{
    [Theory]
    [InlineData("patient/Patient.read", "基本情報", "basic information (name, date of birth, sex, address and others)")]
    [InlineData("patient/MedicationRequest.read", "薬の服用に関する情報", "medicines to be taken (prescriptions)")]
    [InlineData("patient/AllergyIntolerance.rs", "アレルギーと薬物不耐性に関する情報", "allergies and intolerances to medicines")]
    [InlineData("patient/AllergyIntolerance.s", "アレルギーと薬物不耐性に関する情報", "allergies and intolerances to medicines")]
    [InlineData("patient/Condition.write", "病名・症状に関する情報（追加・変更・削除）", "illnesses and symptoms (diagnoses) (add, change, delete)")]
    [InlineData("patient/Condition.*", "病名・症状に関する情報（閲覧・追加・変更・削除）", "illnesses and symptoms (diagnoses) (view, add, change, delete)")]
    [InlineData("patient/Condition.c", "病名・症状に関する情報（追加）", "illnesses and symptoms (diagnoses) (add)")]
    [InlineData("patient/*.read", "すべての健康・医療情報（現在ある種類と、今後追加される種類）", "all health information, of kinds that exist now and kinds that are added later")]
    [InlineData("user/Patient.read", "基本情報（サービスの利用者が閲覧できるすべての方の記録）", "basic information (name, date of birth, sex, address and others) — of every person whose records the user of the service can reach")]
    [InlineData("patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory", "検体検査の結果", "results of laboratory tests")]
    [InlineData("patient/Observation.rs?category=laboratory,vital-signs", "検体検査の結果・血圧・脈拍・体温などの測定値", "results of laboratory tests, vital signs such as blood pressure, pulse and temperature")]
    [InlineData("patient/Observation.rs?category=http://example.org|laboratory", "検査結果や測定値に関する情報（次の条件に合うもの：category=http://example.org|laboratory）", "results of tests and measurements, limited to: category=http://example.org|laboratory")]
    [InlineData("patient/Observation.rs?category=laboratory&status=final", "検体検査の結果（次の条件に合うもの：status=final）", "results of laboratory tests, limited to: status=final")]
    [InlineData("patient/Slot.read", "「Slot」という種類の情報", "information of the kind “Slot”")]
    [InlineData("conf/R", "取扱いが制限された情報も含む", "also information marked as restricted")]
    [InlineData("sens/HIV", "特に配慮が必要な情報も含む：HIV/エイズ", "also sensitive information: HIV/AIDS")]
    [InlineData("btg", "緊急のときは、通常は見えない情報も含む（閲覧したことは後でお知らせします）", "in an emergency, also information that is otherwise hidden; you will be told afterwards")]
    [InlineData("openid", "本人であることの確認", "confirming who you are")]
    [InlineData("https://example.org/x", "「https://example.org/x」という権限", "permission “https://example.org/x”")]
    [InlineData("?", "「?」という権限", "permission “?”")]
    public void Describe_Scope_IsInWordsPeopleUnderstand(string token, string japanese, string english)
    {
        var scope = Fhir.Accepted(FhirScope.Parse(token));
        Assert.Equal(japanese, ResourceCategoryTexts.Describe(scope, "ja"));
        Assert.Equal(japanese, ResourceCategoryTexts.Describe(scope, "ja-JP"));
        Assert.Equal(english, ResourceCategoryTexts.Describe(scope, "en"));
        Assert.Equal(english, ResourceCategoryTexts.Describe(scope, "jav"));
    }

    // A constraint is text of the asking party: it may neither turn the line round nor look like a placeholder of ours.
    [Theory]
    [InlineData("%E2%80%AEevil", "evil")]
    [InlineData("%7B0%7D%7B1%7D", "{0}{1}")]
    [InlineData("%E2%80%A8line", "line")]
    [InlineData("%E6%A4%9C%E6%9F%BB", "検査")]
    public void Describe_TextOfTheAskingParty_IsShownPlain(string encoded, string shown) => Assert.Equal(
        $"検査結果や測定値に関する情報（次の条件に合うもの：code={shown}）",
        ResourceCategoryTexts.Describe(Fhir.Accepted(FhirScope.Parse("patient/Observation.rs?code=" + encoded)), "ja"));

    [Fact]
    public void Describe_LongConstraint_IsCut() => Assert.InRange(
        ResourceCategoryTexts.Describe(Fhir.Accepted(FhirScope.Parse("patient/Observation.rs?code=" + new string('a', 2000))), "ja").Length, 80, 120);

    [Fact]
    public void Describe_EveryTypeAndLabel_HasWordsInBothLanguages()
    {
        var named = 0;
        foreach (var type in FhirResourceTypes.Names)
        {
            named += ResourceCategoryTexts.Category(type, "ja").Contains(type, StringComparison.Ordinal) ? 1 : 0;
            Assert.NotEmpty(ResourceCategoryTexts.Category(type, "en"));

            // What can be in a patient's record has words of its own.
            Assert.True(FhirResourceTypes.PatientCompartmentParameters(type).Count == 0 || !ResourceCategoryTexts.Category(type, "ja").Contains(type, StringComparison.Ordinal), type);
        }

        Assert.NotEqual(0, named);
        foreach (var token in SensitivityCodes.Known.Select(code => "sens/" + code).Concat("ULMNRV".Select(code => "conf/" + code)))
        {
            var scope = Fhir.Accepted(FhirScope.Parse(token));
            Assert.NotEqual(ResourceCategoryTexts.Describe(scope, "ja"), ResourceCategoryTexts.Describe(scope, "en"));
        }
    }

    [Fact]
    public void Keys_OfTheTexts_NameTypesAndCodesThatExist()
    {
        Assert.All(TextTable.Keys.Where(key => key.StartsWith("type.", StringComparison.Ordinal)), key => Assert.True(key[5..] is "*" or "?" || FhirResourceTypes.IsKnown(key[5..]), key));
        Assert.All(TextTable.Keys.Where(key => key.StartsWith("sens.", StringComparison.Ordinal)), key => Assert.True(SensitivityCodes.IsKnown(key[5..]), key));
        Assert.All(TextTable.Keys, key => Assert.Equal(
            TextTable.Get(key, "en").Contains("{0}", StringComparison.Ordinal), TextTable.Get(key, "ja").Contains("{0}", StringComparison.Ordinal)));
    }
}
