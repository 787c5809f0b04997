using MedId.AspNetCore.Provider;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The file of <c>--trust-framework</c>: <c>id</c>, <c>name#ja</c>, <c>name#en</c>, <c>assessor</c>, <c>jwks</c>, <c>criteria</c>. Synthetic.</summary>
internal static class SampleTrust
{
    public static void Add(MedIdProviderBuilder provider, string file)
    {
        var json = StrictJson.ParseObject(File.ReadAllBytes(file));
        var members = new JsonMembers(json.Succeeded ? json.Value : throw new ArgumentException("--trust-framework: " + json.Error));
        var keys = JsonWebKeySet.Parse(System.Text.Encoding.UTF8.GetBytes((members.Object("jwks") ?? throw new ArgumentException("--trust-framework: jwks")).GetRawText()));
        var framework = new TrustFramework
        {
            Id = members.NeededString("id"),
            JapaneseName = members.NeededString("name#ja"),
            EnglishName = members.NeededString("name#en"),
            Assessors = [new() { Issuer = members.NeededString("assessor"), Keys = keys.Succeeded ? keys.Value : throw new ArgumentException("--trust-framework: " + keys.Error) }],
            RequiredCriteria = members.Strings("criteria"),
        };
        provider.AddPreRegisteredConsent(options => options.Policy = new PreConsentPolicy { Frameworks = [framework.Id] }, framework);
    }
}
