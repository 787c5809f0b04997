using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Samples.DoctorAuthOp;

/// <summary><c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base64. What an OP does with passwords if it has nothing better than passwords.</summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int Bytes = 32;

    /// <summary>A hash of a random password: what is compared with when a user name is unknown, so that both take the same time.</summary>
    public static string Nobody { get; } = Make(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

    public static string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    /// <exception cref="FormatException">The stored hash is not of the form.</exception>
    public static bool Matches(string password, string stored)
    {
        var parts = stored.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme)
        {
            throw new FormatException("a password hash is pbkdf2-sha256$iterations$salt$hash");
        }

        var expected = Convert.FromBase64String(parts[3]);
        var actual = Derive(password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, Bytes);
}
