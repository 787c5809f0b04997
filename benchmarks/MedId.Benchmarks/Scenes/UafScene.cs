using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>256 devices of one model, each with its registered key, and 1,024 answers to distinct challenges: with and without a transaction. All synthetic.</summary>
internal sealed class UafScene
{
    private const string AppId = "https://op.example/uaf/facets";
    private const string Facet = "android:apk-key-hash-sha256:bm90IGEgcmVhbCBjZXJ0aWZpY2F0ZSBoYXNoIGF0IGFsbA";

    private readonly UafRequestFactory _factory = new(AppId);
    private readonly UafPolicy _policy;
    private readonly UafMetadataSet _metadata;
    private readonly TrustedFacetList _facets = new(Facet);
    private readonly SoftwareUafAuthenticator[] _devices;

    public UafScene(FidoAlgorithm algorithm)
    {
        Algorithm = algorithm;
        var model = SoftwareUafModel.Create(new() { Algorithm = algorithm }, StillTime.Clock);
        var statement = Right.Accepted(UafMetadataStatement.Parse(model.MetadataStatement));
        _metadata = new([statement]);
        _policy = UafPolicy.ForModels(statement.Aaid);
        _devices = [.. Enumerable.Range(0, Rotation.Keys).Select(_ => new SoftwareUafAuthenticator(model))];
        Registrations = [.. _devices.Select(Register)];
        SignIns = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => Authenticate(index, []))];
        Consents = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => Authenticate(index, [UafTransaction.FromText(
            $"MedId consent v1; to=ehr-clinic-a; msg=W4SCT; sha-256={StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(32))}")]))];
    }

    public FidoAlgorithm Algorithm { get; }

    public UafRegistration[] Registrations { get; }

    /// <summary>Answers without a transaction.</summary>
    public (UafAuthenticationExpectations Expected, string Response)[] SignIns { get; }

    /// <summary>Answers that confirm a transaction.</summary>
    public (UafAuthenticationExpectations Expected, string Response)[] Consents { get; }

    /// <summary>The same signatures for the platform alone.</summary>
    public BareP256 Bare() => new(
        [.. Registrations.Select(registration => Handle(registration.PublicKey.Span))],
        [.. SignIns.Select(input => Signed(input.Response))],
        Algorithm == FidoAlgorithm.EcdsaP256Sha256Der ? DSASignatureFormat.Rfc3279DerSequence : DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static ECDsa Handle(ReadOnlySpan<byte> point) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33].ToArray(), Y = point[33..].ToArray() } });

    /// <summary>The signed element and the signature of an assertion: the two elements inside the outer one.</summary>
    private static (byte[] Data, byte[] Signature) Signed(string response)
    {
        const int header = 4;
        var text = (string)JsonNode.Parse(response)![0]!["assertions"]![0]!["assertion"]!;
        ReadOnlySpan<byte> content = Right.Accepted(StrictBase64Url.Decode(text, 4096)).AsSpan(header);
        var length = header + BinaryPrimitives.ReadUInt16LittleEndian(content[2..]);
        return (content[..length].ToArray(), content[(length + header)..].ToArray());
    }

    private UafRegistration Register(SoftwareUafAuthenticator device, int number)
    {
        var request = _factory.CreateRegistration(RandomNumberGenerator.GetBytes(32), "synthetic", _policy);
        var expected = new UafRegistrationExpectations
        {
            AppId = AppId,
            Challenge = request.Challenge,
            ChallengeExpiresAt = StillTime.Now.AddMinutes(5),
            Policy = _policy,
            TrustedFacets = _facets,
            Metadata = _metadata,
            Now = StillTime.Now,
            User = $"account-{number}",
            Existing = [],
        };
        return Right.Accepted(new UafRegistrationVerifier().Verify(expected, device.Register(request.Json, Facet)));
    }

    private (UafAuthenticationExpectations Expected, string Response) Authenticate(int index, IReadOnlyList<UafTransaction> transactions)
    {
        var registration = Registrations[index % Rotation.Keys];
        var request = _factory.CreateAuthentication(RandomNumberGenerator.GetBytes(32), _policy, transactions, serverData: $"ceremony-{index}");
        var expected = new UafAuthenticationExpectations
        {
            AppId = AppId,
            Challenge = request.Challenge,
            ChallengeExpiresAt = StillTime.Now.AddMinutes(5),
            Policy = _policy,
            TrustedFacets = _facets,
            Metadata = _metadata,
            Now = StillTime.Now,
            ServerData = $"ceremony-{index}",
            User = registration.User,
            Registrations = [registration],
            Transactions = transactions,
        };
        return (expected, _devices[index % Rotation.Keys].Authenticate(request.Json, Facet));
    }
}
