using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Push.Firebase.Tests;

public sealed class FirebaseServiceAccountTests
{
    private static readonly string Pem = MakePem();

    [Fact]
    public void Parse_FileOfTheConsole_IsRead()
    {
        var account = FirebaseServiceAccount.Parse(File()).Value!;
        Assert.Equal(("synthetic-clinic", "push@synthetic.example", "key-1", "https://oauth2.googleapis.com/token"), (account.ProjectId, account.ClientEmail, account.Key.KeyId, account.TokenUri));
        Assert.Equal("synthetic-clinic", account.ToString());
    }

    [Theory]
    [InlineData("type", "authorized_user")]
    [InlineData("type", null)]
    [InlineData("project_id", "a/b")]
    [InlineData("project_id", null)]
    [InlineData("client_email", null)]
    [InlineData("private_key_id", null)]
    [InlineData("private_key", null)]
    [InlineData("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void Parse_MemberWrong_IsNamedWithoutItsValue(string member, string? value)
    {
        var error = FirebaseServiceAccount.Parse(File(json => json[member] = value)).Error!;
        Assert.Equal((FirebaseErrorCodes.AccountMalformed, member), (error.Code, error.Detail));
    }

    [Fact]
    public void Parse_Mutants_NeverThrow() =>
        Assert.All(new SeededMutator(20261122).Mutate(File(), 400), mutant =>
        {
            var result = FirebaseServiceAccount.Parse(mutant.Bytes);
            Assert.True(result.Succeeded || result.Error!.Code == FirebaseErrorCodes.AccountMalformed);
        });

    [Fact]
    public void New_KeyOfAnotherAlgorithm_IsRefused()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        Assert.Throws<ArgumentException>(() => new FirebaseServiceAccount("p", "e", key));
    }

    private static byte[] File(Action<JsonObject>? change = null)
    {
        var json = new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "synthetic-clinic",
            ["private_key_id"] = "key-1",
            ["private_key"] = Pem,
            ["client_email"] = "push@synthetic.example",
            ["client_id"] = "1",
            ["token_uri"] = "https://oauth2.googleapis.com/token",
        };
        change?.Invoke(json);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static string MakePem()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
