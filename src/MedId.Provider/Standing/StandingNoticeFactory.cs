using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>Puts a composition into words.</summary>
internal static class StandingNoticeFactory
{
    /// <summary>The words of what is asked for; refused when a scope is none that is given beforehand, or a purpose has no words.</summary>
    public static MedIdResult<(IReadOnlyList<FhirScope> Scopes, IReadOnlyList<ConsentPurpose> Purposes)> Read(IReadOnlyList<string> scopes, IReadOnlyList<string> purposes, string language)
    {
        var read = NoticeFactory.ResourceScopes(scopes);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        // Breaking the glass is never agreed to beforehand: it has a reason, a short life and its own path.
        if (read.Value.Any(scope => scope.Kind == FhirScopeKind.BreakTheGlass) || read.Value.Count > ScopeSet.MaxScopes || read.Value.Distinct().Count() != scopes.Count)
        {
            return new MedIdError(ProviderErrorCodes.ScopeNotAccepted, ErrorCategory.Policy, "MedId walk, consents given beforehand", "HEART and SMART scopes, each once, without btg");
        }

        var words = new List<ConsentPurpose>();
        foreach (var code in purposes.Distinct(StringComparer.Ordinal))
        {
            var purpose = NoticeFactory.Purpose(new CodedValue(NoticeFactory.ActReason, code, code), language);
            if (!purpose.Succeeded)
            {
                return purpose.Error;
            }

            words.Add(purpose.Value);
        }

        return words.Count > 0
            ? (read.Value, words)
            : new MedIdError(ProviderErrorCodes.PurposeNotAccepted, ErrorCategory.Policy, "MedId walk, consents given beforehand", "at least one purpose");
    }

    public static StandingNotice Make(
        ProviderOptions options,
        string id,
        StandingComposition asked,
        IReadOnlyList<ConsentParty> recipients,
        IReadOnlyList<FhirScope> scopes,
        IReadOnlyList<ConsentPurpose> purposes,
        string language,
        DateTimeOffset at,
        TrustFramework? framework = null,
        DeskAttestation? attested = null)
    {
        var isCode = asked.Kind == StandingConsentKind.OneTimeCode;
        return new()
        {
            Kind = asked.Kind,
            TextsVersion = NoticeTexts.Version,
            Language = language,
            Issuer = options.Issuer,
            ConsentId = id,
            Resource = asked.Resource,
            Title = StandingTexts.Get("Title_" + asked.Kind, language),
            Intro = StandingTexts.Get("Intro_" + asked.Kind, language),
            Recipients = recipients,
            About = recipients.Select(one => options.NoticeRegister.Current(one.ClientId, at)).OfType<RecipientNotice>()
                .ToDictionary(notice => notice.ClientId, notice => NoticeAbout.Of(notice, [], language), StringComparer.Ordinal),
            TrustFramework = framework is null ? null : new(framework.Id, framework.NameIn(language)),
            Anyone = isCode ? StandingTexts.Get("AnyoneTold", language) : null,
            Categories = [.. scopes.Select(scope => new NoticeCategory(scope.Value, ResourceCategoryTexts.Describe(scope, language)))],
            Purposes = purposes,
            ValidUntil = asked.ValidUntil,
            Often = isCode
                ? StandingTexts.Format("Often_Once", language, StandingTexts.Duration(options.OneTimeCodes!.Lifetime, language))
                : StandingTexts.Get("Often_Many", language),
            AccessSeconds = (long)asked.Access.TotalSeconds,
            Access = StandingTexts.Format("Access", language, StandingTexts.Duration(asked.Access, language)),
            NotAsked = StandingTexts.Get(isCode ? "NotAsked_Code" : "NotAsked_Many", language),
            Attested = attested,
            Withdrawal = StandingTexts.Get(isCode ? "Withdrawal_Code" : "Withdrawal", language),
            Confirmation = NoticeTexts.Get("Confirmation", language),
            Deny = NoticeTexts.Get("Deny", language),
            Agree = NoticeTexts.Get("Agree", language),
        };
    }
}
