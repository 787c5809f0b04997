using MedId.Core;

namespace MedId.Cryptography.Tests;

/// <summary>Asserts on results.</summary>
internal static class Refused
{
    public static void With<T>(string code, MedIdResult<T> result)
        where T : notnull => Assert.Equal(code, result.Error?.Code ?? "accepted");

    public static T Not<T>(MedIdResult<T> result)
        where T : notnull
    {
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Value;
    }
}
