using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Identity;

/// <summary>Finds at start what would otherwise show at the first registration.</summary>
internal sealed class PasskeyAttestationOptionsValidator : IValidateOptions<PasskeyAttestationOptions>
{
    public ValidateOptionsResult Validate(string? name, PasskeyAttestationOptions options) => options switch
    {
        { Policy: null, PolicySource: null } => ValidateOptionsResult.Fail("Set Policy or PolicySource: which attestations are good enough is not decided by default."),
        { Policy: not null, PolicySource: not null } => ValidateOptionsResult.Fail("Set one of Policy and PolicySource."),
        { Algorithms: null } => ValidateOptionsResult.Fail("Set Algorithms."),
        _ => ValidateOptionsResult.Success,
    };
}
