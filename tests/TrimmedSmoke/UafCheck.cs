using System.Security.Cryptography;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace TrimmedSmoke;

internal static class UafCheck
{
    private const string AppId = "https://op.example/uaf/facets";
    private const string Facet = "android:apk-key-hash-sha256:bm90IGEgcmVhbCBjZXJ0aWZpY2F0ZSBoYXNoIGF0IGFsbA";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static Task RunAsync()
    {
        var model = SoftwareUafModel.Create(time: new StandingClock());
        var authenticator = new SoftwareUafAuthenticator(model);
        var statement = Require.Accepted(UafMetadataStatement.Parse(model.MetadataStatement));
        var policy = UafPolicy.ForModels(statement.Aaid);
        var sent = new UafRequestFactory(AppId).CreateRegistration(RandomNumberGenerator.GetBytes(32), "patient", policy, serverData: "smoke");
        var expected = new UafRegistrationExpectations
        {
            AppId = AppId,
            Challenge = sent.Challenge,
            ChallengeExpiresAt = Now.AddMinutes(5),
            Policy = policy,
            TrustedFacets = new TrustedFacetList(Facet),
            Metadata = new UafMetadataSet([statement]),
            Now = Now,
            ServerData = "smoke",
            User = "account-1",
        };
        var verifier = new UafRegistrationVerifier();

        Require.Accepted(verifier.Verify(expected, authenticator.Register(sent.Json, Facet)));
        var tampered = verifier.Verify(expected, authenticator.Register(sent.Json, Facet, UafFault.TamperedSignature));
        Require.Refused(tampered, UafErrorCodes.AttestationSignatureInvalid);
        return Task.CompletedTask;
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
