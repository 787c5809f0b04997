using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

/// <summary>One server, one model, one authenticator, and a valid registration and authentication of them; a test changes one thing.</summary>
internal sealed class Ceremony
{
    public const string AppId = "https://op.example/uaf/facets";
    public const string Facet = "android:apk-key-hash-sha256:bm90IGEgcmVhbCBjZXJ0aWZpY2F0ZSBoYXNoIGF0IGFsbA";
    public const string User = "account-1";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly UafRequestFactory _factory = new(AppId);

    public Ceremony(SoftwareUafModelOptions? options = null)
        : this(SoftwareUafModel.Create(options, new TestSupport.ManualTimeProvider(Now)))
    {
    }

    public Ceremony(SoftwareUafModel model)
    {
        Model = model;
        Authenticator = new SoftwareUafAuthenticator(model);
        Statement = UafMetadataStatement.Parse(model.MetadataStatement).Value!;
        Metadata = new UafMetadataSet([Statement]);
        Policy = UafPolicy.ForModels(Statement.Aaid);
    }

    public SoftwareUafModel Model { get; }

    public SoftwareUafAuthenticator Authenticator { get; }

    public UafMetadataStatement Statement { get; set; }

    public UafMetadataSet Metadata { get; set; }

    public UafPolicy Policy { get; set; }

    public UafRequest RegistrationRequest(string username = "patient") =>
        _factory.CreateRegistration(RandomNumberGenerator.GetBytes(32), username, Policy, serverData: "server-data");

    public UafRequest AuthenticationRequest(IReadOnlyList<UafTransaction>? transactions = null) =>
        _factory.CreateAuthentication(RandomNumberGenerator.GetBytes(32), Policy, transactions, serverData: "server-data");

    public UafRegistrationExpectations Expect(UafRequest sent, params UafRegistration[] existing) => new()
    {
        AppId = AppId,
        Challenge = sent.Challenge,
        ChallengeExpiresAt = Now.AddMinutes(5),
        Policy = Policy,
        TrustedFacets = new TrustedFacetList(Facet),
        Metadata = Metadata,
        Now = Now,
        ServerData = "server-data",
        User = User,
        Existing = existing,
    };

    public UafAuthenticationExpectations ExpectAuthentication(UafRequest sent, IReadOnlyList<UafTransaction>? transactions, params UafRegistration[] registrations) => new()
    {
        AppId = AppId,
        Challenge = sent.Challenge,
        ChallengeExpiresAt = Now.AddMinutes(5),
        Policy = Policy,
        TrustedFacets = new TrustedFacetList(Facet),
        Metadata = Metadata,
        Now = Now,
        ServerData = "server-data",
        User = User,
        Registrations = registrations,
        Transactions = transactions ?? [],
    };

    /// <summary>A whole registration; the outcome as the verifier gives it.</summary>
    public MedId.Core.MedIdResult<UafRegistration> Register(UafFault fault = UafFault.None, Func<UafRegistrationExpectations, UafRegistrationExpectations>? change = null, ICollection<UafStep>? steps = null)
    {
        var request = RegistrationRequest();
        var response = Authenticator.Register(request.Json, Facet, fault);
        var expected = Expect(request);
        return new UafRegistrationVerifier().Verify(change is null ? expected : change(expected), response, steps);
    }

    public UafRegistration Registered() => Accepted(Register());

    /// <summary>A whole authentication; the outcome as the verifier gives it.</summary>
    public MedId.Core.MedIdResult<UafAuthentication> Authenticate(
        UafRegistration registration,
        UafFault fault = UafFault.None,
        IReadOnlyList<UafTransaction>? transactions = null,
        Func<UafAuthenticationExpectations, UafAuthenticationExpectations>? change = null,
        ICollection<UafStep>? steps = null)
    {
        var request = AuthenticationRequest(transactions);
        var response = Authenticator.Authenticate(request.Json, Facet, fault);
        var expected = ExpectAuthentication(request, transactions, registration);
        return new UafAuthenticationVerifier().Verify(change is null ? expected : change(expected), response, steps);
    }

    public static T Accepted<T>(MedId.Core.MedIdResult<T> result)
        where T : notnull
    {
        Assert.True(result.Succeeded, result.ToString());
        return result.Value;
    }

    public static void Refused<T>(string code, MedId.Core.MedIdResult<T> result)
        where T : notnull
    {
        Assert.False(result.Succeeded, "accepted");
        Assert.Equal(code, result.Error.Code);
    }
}
