using System.Globalization;

namespace MedId.Ciba.Server;

/// <summary><c>requested_expiry</c> (CIBA Core §7.1): a positive integer; in a signed request a JSON number or a string (§7.1.1).</summary>
internal static class RequestedExpiry
{
    // No server lets a request live longer, so more digits only mean "as long as allowed".
    private const int MaxSeconds = int.MaxValue;

    /// <summary>Reads the digits; more than fits becomes the most that fits, to be cut to the server's maximum.</summary>
    public static bool TryParse(string text, out TimeSpan expiry)
    {
        expiry = TimeSpan.Zero;
        if (text.Length is 0 or > 32 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var digits = text.TrimStart('0');
        if (digits.Length == 0)
        {
            return false;
        }

        expiry = TimeSpan.FromSeconds(digits.Length < 10 ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : MaxSeconds);
        return true;
    }
}
