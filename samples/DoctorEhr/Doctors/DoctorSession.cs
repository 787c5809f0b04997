namespace MedId.Samples.DoctorEhr;

/// <summary>The one doctor at this terminal. A real EHR has a session per user.</summary>
internal sealed class DoctorSession
{
    private string? _session;

    public string? Current
    {
        get => Volatile.Read(ref _session);
        set => Volatile.Write(ref _session, value);
    }
}
