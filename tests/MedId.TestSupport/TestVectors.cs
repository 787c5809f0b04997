namespace MedId.TestSupport;

/// <summary>Finds the published test data, which stays out of this repository.</summary>
public static class TestVectors
{
    /// <summary>The environment variable that names the folder of the vectors.</summary>
    public const string Variable = "MEDID_VECTORS";

    /// <summary>The folder of the vectors: what <see cref="Variable"/> names, else <c>shared/vectors</c> beside the checkout; <see langword="null"/> where neither is there.</summary>
    public static string? Locate()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            // A folder that was named and is missing is a mistake in the call, not a reason to look elsewhere.
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names a folder that is not there: {named}");
        }

        var beside = Directory.GetParent(Checkout.Root)?.FullName;
        if (beside is null)
        {
            return null;
        }

        var folder = Path.Combine(beside, "shared", "vectors");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>
    /// The path of a file or folder under the vectors. Without it the test is skipped, with a reason that says where the data is published;
    /// where <c>CI=true</c> it fails.
    /// </summary>
    /// <param name="relative">Path under the folder of the vectors, with <c>/</c>: <c>uaf/vectors.json</c>.</param>
    /// <param name="published">Where anybody can get the data: <c>github.com/eBay/UAF (Apache-2.0)</c>.</param>
    public static string RequireVectors(string relative, string published)
    {
        ArgumentException.ThrowIfNullOrEmpty(relative);
        ArgumentException.ThrowIfNullOrEmpty(published);
        var folder = Locate();
        if (folder is not null)
        {
            var path = Path.Combine([folder, .. relative.Split('/')]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        var reason = $"The vectors '{relative}' are not on this machine. They are published at {published}; name their folder in {Variable}.";
        if (IsContinuousIntegration)
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return string.Empty;
    }

    /// <summary>Whether <c>CI=true</c>: then nothing may be skipped.</summary>
    public static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
