using System.Security.Cryptography;
using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.House.Tests.Snippets;

internal static class FidoUaf
{
    private const string Facet = "ios:bundle-id:example.phone";

    private static readonly UafRegistrationVerifier Registrations = new();
    private static readonly UafAuthenticationVerifier Authentications = new();

    public static MedIdResult<UafRegistration> Register(
        UafRequest sent, string appId, UafPolicy policy, TrustedFacetList facets, UafMetadataSet metadata, string account, string json, DateTimeOffset sentAt, DateTimeOffset now)
    {
        #region FidoUaf_Register
        var expected = new UafRegistrationExpectations
        {
            AppId = appId,
            Challenge = sent.Challenge,
            ChallengeExpiresAt = sentAt.AddMinutes(5),
            Policy = policy,
            TrustedFacets = facets,
            Metadata = metadata,
            Now = now,
            User = account,
        };
        var registration = Registrations.Verify(expected, json);

        // Refused: registration.Error.Code says why, UafStatusCodes.FromError what goes over the wire.
        // Accepted: consume expected.ReplayKey once, insert registration.Value under a unique key of AAID and KeyID.
        #endregion
        return registration;
    }

    public static MedIdResult<UafAuthentication> Confirm(
        AuthenticationRequest sent, TrustedFacetList facets, UafMetadataSet metadata, string account, string json, Func<UafKeyReference, UafRegistration?> find, DateTimeOffset sentAt, DateTimeOffset now)
    {
        #region FidoUaf_Authenticate
        var response = AuthenticationResponse.Parse(json);
        if (!response.Succeeded)
        {
            return response.Error;
        }

        var expected = new UafAuthenticationExpectations
        {
            AppId = sent.Header.AppId,
            Challenge = sent.Challenge,
            ChallengeExpiresAt = sentAt.AddMinutes(5),
            Policy = sent.Policy,
            Transactions = sent.Transactions,                            // the exact bytes that were sent
            TrustedFacets = facets,
            Metadata = metadata,
            Now = now,
            User = account,
            Registrations = [.. response.Value.GetKeys().Select(find).OfType<UafRegistration>()],
        };
        var evidence = Authentications.Verify(expected, response.Value);

        // Accepted: consume evidence.Value.ReplayKey once, then move the counter from Registration.SignCounter to SignCounter by compare-and-swap.
        #endregion
        return evidence;
    }

    public static string Emulate()
    {
        #region Testing_Uaf
        var phone = new SoftwareUafAuthenticator(SoftwareUafModel.Create());
        var metadata = new UafMetadataSet([UafMetadataStatement.Parse(phone.Model.MetadataStatement).Value!]);
        var facets = new TrustedFacetList(Facet);
        var server = new UafRequestFactory("https://op.example/uaf/facets");

        var enrol = server.CreateRegistration(RandomNumberGenerator.GetBytes(32), "patient", UafPolicy.ForModels(Aaid.Parse("FFFF#5A01")));
        string answer = phone.Register(enrol.Json, Facet);               // the member uafResponse

        var consent = server.CreateAuthentication(RandomNumberGenerator.GetBytes(32), UafPolicy.ForModels(Aaid.Parse("FFFF#5A01")), [UafTransaction.FromText("MedId consent v1; to=ehr")]);
        string confirmed = phone.Authenticate(consent.Json, Facet);
        string replaced = phone.Authenticate(consent.Json, Facet, UafFault.OtherTransaction);    // refused: uaf.transaction_mismatch
        string state = phone.Export();                                   // SoftwareUafAuthenticator.Import(state) goes on where it was
        #endregion
        return answer + confirmed + replaced + state + metadata.Statements.Count + facets.ToJson();
    }
}
