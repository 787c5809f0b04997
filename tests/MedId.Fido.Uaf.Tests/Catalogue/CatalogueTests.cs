using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Fido.Uaf.Tests;

/// <summary>
/// What a server of UAF 1.1 has to refuse, in one place: catalogue.json, whose rows are rows of the conformance table too. A row is a change of a valid response; on the wire all are
/// 1498 in conformance mode. The rows restate behaviour that is public; nothing of a test suite is copied.
/// </summary>
public sealed class CatalogueTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "MedId.Fido.Uaf.Tests", "Catalogue");
    private static readonly UafTransaction[] Transaction = [UafTransaction.FromText("line")];

    public static TheoryData<string> Ids => [.. Rows.Keys];

    private static IReadOnlyDictionary<string, CatalogueRow> Rows { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "catalogue.json")))!.AsArray()
            .Select(row => new CatalogueRow((string)row!["id"]!, (string)row["on"]!, (string)row["change"]!, (string)row["code"]!))
            .ToDictionary(row => row.Id, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Verify_BadResponse_IsRefusedWith1498(string id)
    {
        var row = Rows[id];
        if (row.On is "both" or "reg" or "surrogate")
        {
            var ceremony = new Ceremony(new SoftwareUafModelOptions
            {
                Attestation = row.On == "surrogate" ? SoftwareUafAttestation.Surrogate : SoftwareUafAttestation.IssuedCertificate,
            });
            var request = ceremony.RegistrationRequest();
            var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet);
            var verifier = new UafRegistrationVerifier();
            Assert.Equal(UafStatusCodes.Ok, verifier.Examine(ceremony.Expect(request), response).StatusCode(UafStatusMode.Conformance));
            Refused(row, verifier.Examine(ceremony.Expect(request), row.Apply(response)).Error);
        }

        if (row.On is not ("reg" or "surrogate"))
        {
            var transactions = row.On.StartsWith("transaction", StringComparison.Ordinal) ? Transaction : null;
            var ceremony = new Ceremony(new SoftwareUafModelOptions
            {
                TransactionDisplay = row.On == "transaction-software" ? TransactionDisplays.Any | TransactionDisplays.PrivilegedSoftware : TransactionDisplays.Any | TransactionDisplays.Hardware,
            });
            var registration = ceremony.Registered();
            var request = ceremony.AuthenticationRequest(transactions);
            var response = ceremony.Authenticator.Authenticate(request.Json, Ceremony.Facet);
            var expected = ceremony.ExpectAuthentication(request, transactions, registration);
            var verifier = new UafAuthenticationVerifier();
            Assert.Equal(UafStatusCodes.Ok, verifier.Examine(expected, response).StatusCode(UafStatusMode.Conformance));
            Refused(row, verifier.Examine(expected, row.Apply(response)).Error);
        }
    }

    [Fact]
    public void Catalogue_EachRow_StandsInTheConformanceTable()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "src", "MedId.Fido.Uaf", "requirements.json")));
        var listed = document.RootElement.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("id").GetString()!.StartsWith("uaf-ct-", StringComparison.Ordinal))
            .ToDictionary(row => row.GetProperty("id").GetString()!["uaf-ct-".Length..], row => row.GetProperty("error").GetString(), StringComparer.Ordinal);
        Assert.Equal(Rows.Values.Select(row => (row.Id, (string?)row.Code)).Order(), listed.Select(row => (row.Key, row.Value)).Order());
    }

    [Theory]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Raw)]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Der)]
    [InlineData(FidoAlgorithm.EcdsaSecp256k1Sha256Raw)]
    [InlineData(FidoAlgorithm.EcdsaSecp256k1Sha256Der)]
    [InlineData(FidoAlgorithm.RsaPssSha256Raw)]
    [InlineData(FidoAlgorithm.RsaPssSha256Der)]
    public void Verify_GoodResponse_IsAcceptedWith1200(FidoAlgorithm algorithm)
    {
        var isRsa = algorithm is FidoAlgorithm.RsaPssSha256Raw or FidoAlgorithm.RsaPssSha256Der;
        foreach (var format in isRsa ? (FidoKeyFormat[])[FidoKeyFormat.Rsa2048Raw, FidoKeyFormat.Rsa2048Der] : [FidoKeyFormat.EccX962Raw, FidoKeyFormat.EccX962Der])
        {
            foreach (var attestation in (SoftwareUafAttestation[])[SoftwareUafAttestation.Surrogate, SoftwareUafAttestation.IssuedCertificate])
            {
                var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = algorithm, KeyFormat = format, Attestation = attestation });
                var registration = ceremony.Registered();
                foreach (var transactions in (UafTransaction[]?[])[null, Transaction])
                {
                    Ceremony.Accepted(ceremony.Authenticate(registration, transactions: transactions));
                }
            }
        }
    }

    private static void Refused(CatalogueRow row, MedId.Core.MedIdError? error)
    {
        Assert.Equal(row.Code, error?.Code);
        Assert.Equal(UafStatusCodes.UnacceptableContent, UafStatusCodes.FromError(error!, UafStatusMode.Conformance));
    }
}
