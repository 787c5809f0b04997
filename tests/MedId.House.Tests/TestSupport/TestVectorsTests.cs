using MedId.TestSupport;

namespace MedId.House.Tests.TestSupport;

public sealed class TestVectorsTests
{
    [Fact]
    public void RequireVectors_Missing_FailsInContinuousIntegrationAndSkipsElsewhere()
    {
        // Record.Exception lets the exception of a skip pass, which would skip this test.
        Exception? refused = null;
        try
        {
            TestVectors.RequireVectors("nothing/of-this-name.json", "example.org");
        }
        catch (Exception thrown)
        {
            refused = thrown;
        }

        Assert.NotNull(refused);
        Assert.Contains("example.org", refused.Message, StringComparison.Ordinal);
        Assert.Equal(TestVectors.IsContinuousIntegration ? "FailException" : "SkipException", refused.GetType().Name);
    }

    [Fact]
    public void Root_OfTheCheckout_HoldsTheSolution() => Assert.True(File.Exists(Checkout.PathOf("MedIdSdk.sln")));
}
