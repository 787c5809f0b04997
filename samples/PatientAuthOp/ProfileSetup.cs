using MedId.Ciba.Server;
using MedId.Cryptography;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What <c>--profile</c> names.</summary>
internal static class ProfileSetup
{
    public static CibaProfile Of(string? name) => name switch
    {
        null or "core" => CibaProfile.CibaCore,
        "fapi" => CibaProfile.FapiCibaId1,
        "fapi2" => CibaProfile.FapiCiba2,
        "heart" => CibaProfile.HeartCiba,
        _ => throw new ArgumentException("--profile is core, fapi, fapi2 or heart"),
    };

    /// <summary>One key for each algorithm that a client of the profile may want its ID tokens signed with; the OP's own first.</summary>
    public static KeyRing Keys(KeyRing own, CibaProfile profile, IEnumerable<SigningKey> more)
    {
        SigningKey[] fitting = [.. more.Where(key => profile.Algorithms.Count == 0 || profile.Algorithms.Contains(key.Algorithm))];
        return new([.. own.SigningKeys, .. fitting.Where(key => own.Current(key.Algorithm) is null)], own.NextKeys);
    }
}
