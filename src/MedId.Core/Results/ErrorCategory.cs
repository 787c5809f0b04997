namespace MedId.Core;

/// <summary>What kind of refusal a <see cref="MedIdError"/> is; decides nothing by itself, helps operators to sort.</summary>
public enum ErrorCategory
{
    /// <summary>The bytes do not have the form that the standard asks for.</summary>
    Malformed,

    /// <summary>The form is right, a rule of the protocol is broken.</summary>
    Protocol,

    /// <summary>A signature, digest, credential or issuer is not what it has to be.</summary>
    Untrusted,

    /// <summary>Local policy, or the person asked, said no.</summary>
    Policy,

    /// <summary>The thing named is expired, used, withdrawn, suspended or not there.</summary>
    State,

    /// <summary>The standard allows it, this library does not do it.</summary>
    Unsupported,
}
