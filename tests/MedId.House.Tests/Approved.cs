using MedId.TestSupport;

namespace MedId.House.Tests;

/// <summary>Files that are generated, read by people in review, and compared from then on.</summary>
internal static class Approved
{
    /// <summary>Set to <c>1</c>: the files are written anew instead of compared.</summary>
    public const string UpdateVariable = "MEDID_UPDATE";

    public static void Compare(string actual, params string[] parts)
    {
        var path = Checkout.PathOf(parts);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1" && !TestVectors.IsContinuousIntegration)
        {
            File.WriteAllText(path, actual);
            return;
        }

        var how = $"If the change is meant: {UpdateVariable}=1 dotnet test --project tests/MedId.House.Tests, and read the difference.";
        Assert.True(File.Exists(path), $"{string.Join('/', parts)} is missing. {how}");
        var approved = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (approved == actual)
        {
            return;
        }

        var gone = approved.Split('\n').Except(actual.Split('\n'), StringComparer.Ordinal).Select(line => "- " + line);
        var come = actual.Split('\n').Except(approved.Split('\n'), StringComparer.Ordinal).Select(line => "+ " + line);
        Assert.Fail($"{string.Join('/', parts)} is not what the code gives. {how}\n{string.Join('\n', gone.Concat(come).Take(40))}");
    }
}
