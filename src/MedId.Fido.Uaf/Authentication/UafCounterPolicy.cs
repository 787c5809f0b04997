namespace MedId.Fido.Uaf;

/// <summary>What becomes of an assertion whose signature counter did not advance.</summary>
public enum UafCounterPolicy
{
    /// <summary>It is refused, as the standard has it.</summary>
    Refuse,

    /// <summary>It is accepted and says so: <see cref="UafAuthentication.CloneSuspected"/>. For a server that decides with more in hand.</summary>
    Report,
}
