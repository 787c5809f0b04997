namespace MedId.OAuth.Server.Tests;

public sealed class OAuthServerOptionsTests
{
    private static OAuthServerOptions Valid => new() { Issuer = TestServer.Issuer };

    [Fact]
    public void Validate_Defaults_Stand() => Assert.Empty(Valid.Validate());

    public static TheoryData<string> Wrong { get; } =
        ["http://op.example", "https://op.example/", "https://op.example?x=1", "https://op.example#x", "https://user@op.example", "op.example", ""];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_IssuerThatIsNone_IsNamed(string issuer) =>
        Assert.Contains("Issuer", Assert.Single(new OAuthServerOptions { Issuer = issuer }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Validate_LoopbackIssuer_NeedsItsOption()
    {
        var options = new OAuthServerOptions { Issuer = "http://127.0.0.1:5001" };
        Assert.NotEmpty(options.Validate());
        options.AllowHttpOnLoopback = true;
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Validate_EverythingWrong_IsToldTogether()
    {
        var options = Valid;
        options.TokenEndpoint = "http://op.example/token";
        options.AccessTokenLifetime = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1);
        options.IdTokenLifetime = TimeSpan.Zero;
        options.RefreshTokenLifetime = TimeSpan.Zero;
        options.ClockSkew = TimeSpan.FromSeconds(61);
        options.MaxClientAssertionLifetime = TimeSpan.FromMinutes(61);
        Assert.Equal(6, options.Validate().Count);
    }

    [Fact]
    public void Validate_Bounds_AreTaken()
    {
        var options = Valid;
        options.AccessTokenLifetime = TimeSpan.FromMinutes(10);
        options.ClockSkew = TimeSpan.FromSeconds(60);
        options.MaxClientAssertionLifetime = TimeSpan.FromMinutes(60);
        Assert.Empty(options.Validate());
    }
}
