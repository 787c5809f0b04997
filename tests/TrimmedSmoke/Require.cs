using MedId.Core;

namespace TrimmedSmoke;

internal static class Require
{
    public static T Accepted<T>(MedIdResult<T> result)
        where T : notnull => result.Succeeded ? result.Value : throw new InvalidOperationException(result.ToString());

    public static void Refused<T>(MedIdResult<T> result, string code)
        where T : notnull => That(result.Error?.Code == code, $"{code} was expected, not: {result}");

    public static void That(bool truth, string otherwise)
    {
        if (!truth)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
