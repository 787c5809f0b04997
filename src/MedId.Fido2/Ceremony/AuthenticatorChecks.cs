using System.Security.Cryptography;
using System.Text;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>Checks of the flags and the RP ID that both ceremonies make.</summary>
internal static class AuthenticatorChecks
{
    private const int StackBytes = 256;

    /// <summary>Whether the hash in authenticator data is that of a name.</summary>
    public static bool IsHashOf(ReadOnlySpan<byte> rpIdHash, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Encoding.UTF8.GetMaxByteCount(name.Length) <= StackBytes)
        {
            Span<byte> utf8 = stackalloc byte[StackBytes];
            SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(name, utf8)], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        }

        return CryptographicOperations.FixedTimeEquals(hash, rpIdHash);
    }

    public static bool Has(AuthenticatorDataFlags flags, AuthenticatorDataFlags flag) => (flags & flag) != AuthenticatorDataFlags.None;

    /// <summary>UV where it is required.</summary>
    public static MedIdError? UserVerification(int step, CeremonyExpectations expected, AuthenticatorDataFlags flags, ref StepTrace trace) =>
        expected.UserVerification == UserVerificationRequirement.Required
            ? trace.Judge(step, Has(flags, AuthenticatorDataFlags.UserVerified), Fido2ErrorCodes.UserNotVerified, ErrorCategory.Policy)
            : null;

    /// <summary>BE 0 and BS 1 together say nothing that can be (§6.1.3).</summary>
    public static MedIdError? BackupFlags(int step, AuthenticatorDataFlags flags, ref StepTrace trace) => trace.Judge(
        step,
        Has(flags, AuthenticatorDataFlags.BackupEligible) || !Has(flags, AuthenticatorDataFlags.BackupState),
        Fido2ErrorCodes.BackupStateWithoutEligibility,
        ErrorCategory.Protocol);

    /// <summary>What policy asks of BE; nothing by default.</summary>
    public static MedIdError? BackupEligibility(int step, BackupPolicy policy, AuthenticatorDataFlags flags, ref StepTrace trace) => policy == BackupPolicy.Any
        ? null
        : trace.Judge(
            step,
            Has(flags, AuthenticatorDataFlags.BackupEligible) == (policy != BackupPolicy.RequireDeviceBound),
            Fido2ErrorCodes.BackupEligibilityRefused,
            ErrorCategory.Policy);

    /// <summary>What policy asks of BS; nothing by default.</summary>
    public static MedIdError? BackupState(int step, BackupPolicy policy, AuthenticatorDataFlags flags, ref StepTrace trace) => policy == BackupPolicy.RequireBackedUp
        ? trace.Judge(step, Has(flags, AuthenticatorDataFlags.BackupState), Fido2ErrorCodes.BackupStateRefused, ErrorCategory.Policy)
        : null;
}
