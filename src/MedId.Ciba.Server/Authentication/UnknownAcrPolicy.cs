namespace MedId.Ciba.Server;

/// <summary>What becomes of a request whose <c>acr_values</c> hold no class that the server knows. One known class is enough in either case.</summary>
public enum UnknownAcrPolicy
{
    /// <summary>Refused with <see cref="CibaErrorCodes.AcrUnknown"/>: who asks for a class relies on it.</summary>
    Refuse,

    /// <summary>Taken as if it had asked for none; <c>acr</c> in the tokens tells what was reached (OIDC Core §3.1.2.1 makes acr_values voluntary).</summary>
    Ignore,
}
