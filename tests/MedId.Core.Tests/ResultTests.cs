using MedId.Core;

namespace MedId.Core.Tests;

public class ResultTests
{
    private static readonly MedIdError Error = new("core.sample", ErrorCategory.Policy, "MedIdSdk, results", "why");

    [Theory]
    [InlineData("")]
    [InlineData("nodot")]
    [InlineData("two.dots.here")]
    [InlineData("Upper.case")]
    [InlineData(".cause")]
    [InlineData("area.")]
    [InlineData("area.cau se")]
    public void Error_CodeOfAnotherForm_Throws(string code) =>
        Assert.ThrowsAny<ArgumentException>(() => new MedIdError(code, ErrorCategory.Policy, "section"));

    [Fact]
    public void Result_Refused_CarriesTheErrorAndNoValue()
    {
        MedIdResult<string> result = Error;

        Assert.False(result.Succeeded);
        Assert.Null(result.Value);
        Assert.Same(Error, result.Error);
        Assert.Equal("core.sample [MedIdSdk, results]: why", result.ToString());
    }

    [Fact]
    public void Then_Refused_DoesNotCallTheNextStep()
    {
        MedIdResult<string> result = Error;

        var next = result.Then<string>(_ => throw new InvalidOperationException("must not be called"));

        Assert.Same(Error, next.Error);
    }

    [Fact]
    public void Then_Accepted_HandsTheValueOn()
    {
        MedIdResult<int> result = 20;

        Assert.Equal("21", result.Then<string>(value => $"{value + 1}").Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Main")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void TenantId_OfAnotherForm_Throws(string value) => Assert.ThrowsAny<ArgumentException>(() => new TenantId(value));

    [Fact]
    public void TenantId_Default_NamesNoTenant()
    {
        TenantId none = default;

        Assert.Throws<InvalidOperationException>(() => none.Value);
        Assert.Equal("main", TenantId.Single.Value);
    }
}
