using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>Turns a request into the words that the patient reads. What cannot be said in words is refused, never dropped.</summary>
internal static class NoticeFactory
{
    /// <summary>HL7 v3 ActReason, the code system of purposes that this package has words for.</summary>
    public const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    /// <summary>The resource scopes of a request, in its order: what is shown, granted and decided on.</summary>
    public static MedIdResult<IReadOnlyList<FhirScope>> ResourceScopes(IReadOnlyList<string> scopes)
    {
        var shown = new List<FhirScope>(scopes.Count);
        foreach (var token in scopes.Where(token => token is not ("openid" or "offline_access")))
        {
            var scope = FhirScope.Parse(token);
            if (!scope.Succeeded || (scope.Value.Kind is FhirScopeKind.Other && !SignInOpening.IsShown(token)))
            {
                return Refuse("a scope is not a HEART or SMART scope");
            }

            shown.Add(scope.Value);
        }

        return shown.Exists(scope => scope.Kind == FhirScopeKind.Resource)
            ? shown
            : Refuse("no resource scope was asked for");
    }

    public static MedIdResult<ConsentPurpose> Purpose(CodedValue purpose, string language)
    {
        var words = string.Equals(purpose.System, ActReason, StringComparison.Ordinal) ? NoticeTexts.FindPurpose(purpose.Code, language) : null;
        return words is null
            ? new MedIdError(ProviderErrorCodes.PurposeNotAccepted, ErrorCategory.Policy, "MedId walk, step 2", "a purpose of use needs words for patients")
            : new ConsentPurpose(purpose.System, purpose.Code, words);
    }

    public static ConsentNotice Make(
        string issuer,
        string requestId,
        ConsentParty recipient,
        ConsentPractitioner practitioner,
        ConsentPurpose purpose,
        IReadOnlyList<FhirScope> scopes,
        string language,
        string? bindingMessage,
        DateTimeOffset accessUntil,
        NoticeTerms terms,
        ConsentGround? ground = null)
    {
        // Where nobody is asked the notice tells what was done: it asks for nothing.
        var told = ground is null ? string.Empty : "_" + ground.Kind;
        return new()
        {
            TextsVersion = NoticeTexts.Version,
            Language = language,
            Issuer = issuer,
            RequestId = requestId,
            Recipient = recipient,
            Practitioner = practitioner,
            Title = NoticeTexts.Get("Title" + told, language),
            Intro = NoticeTexts.Get("Intro" + told, language),
            Categories = [.. scopes.Select(scope => new NoticeCategory(scope.Value, ResourceCategoryTexts.Describe(scope, language)))],
            Purpose = purpose,
            AccessUntil = accessUntil,
            Reuse = new(terms.Reuse.Variant, ReuseTexts.Get("Reuse_" + terms.Reuse.Variant, language)),
            About = terms.About,
            BindingMessage = bindingMessage,
            Withdrawal = NoticeTexts.Get("Withdrawal", language),
            Confirmation = NoticeTexts.Get("Confirmation", language),
            Deny = NoticeTexts.Get("Deny", language),
            Agree = NoticeTexts.Get("Agree", language),
            Reason = ground?.Reason,
            LegalBasis = ground?.LegalBasis,
        };
    }

    /// <summary>The notice of a sign-in: who asks, and what they learn from this OP.</summary>
    public static ConsentNotice MakeSignIn(
        string issuer, string requestId, ConsentParty recipient, IReadOnlyList<FhirScope> scopes, string language, string? bindingMessage, DateTimeOffset until, ConsentReuse reuse) => new()
        {
            TextsVersion = NoticeTexts.Version,
            Language = language,
            Issuer = issuer,
            RequestId = requestId,
            Recipient = recipient,
            Title = NoticeTexts.Get("Title_SignIn", language),
            Intro = NoticeTexts.Get("Intro_SignIn", language),
            Categories = [.. scopes.Select(scope => new NoticeCategory(scope.Value, ResourceCategoryTexts.Describe(scope, language)))],
            Purpose = new(SignInOpening.PurposeSystem, SignInOpening.PurposeCode, NoticeTexts.Get("Purpose_SignIn", language)),
            AccessUntil = until,
            Reuse = new(reuse, ReuseTexts.Get("Reuse_" + reuse, language)),
            BindingMessage = bindingMessage,
            Withdrawal = NoticeTexts.Get("Withdrawal_SignIn", language),
            Confirmation = NoticeTexts.Get("Confirmation", language),
            Deny = NoticeTexts.Get("Deny", language),
            Agree = NoticeTexts.Get("Agree", language),
        };

    private static MedIdError Refuse(string detail) => new(ProviderErrorCodes.ScopeNotAccepted, ErrorCategory.Policy, "HEART FHIR OAuth 2.0 §2", detail);
}
