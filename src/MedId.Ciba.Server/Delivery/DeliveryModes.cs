namespace MedId.Ciba.Server;

/// <summary>The modes by their names in metadata (CIBA Core §4).</summary>
internal static class DeliveryModes
{
    public static string NameOf(CibaDeliveryMode mode) => mode switch
    {
        CibaDeliveryMode.Ping => "ping",
        CibaDeliveryMode.Push => "push",
        _ => "poll",
    };

    public static CibaDeliveryMode? Parse(string? name) => name switch
    {
        "poll" => CibaDeliveryMode.Poll,
        "ping" => CibaDeliveryMode.Ping,
        "push" => CibaDeliveryMode.Push,
        _ => null,
    };
}
