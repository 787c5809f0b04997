using System.Text.Json.Nodes;

namespace MedId.Browser.Tests.Dashboard;

/// <summary>The page as a browser shows it at this moment.</summary>
internal sealed record PageReading(string Url, string Title, string Lang, string State, string Code, string Focus, int Scroll, int Client, string Text)
{
    public static async Task<PageReading> OfAsync(Chromium browser)
    {
        var page = await browser.DoAsync("page");
        return new(
            (string)page["url"]!, (string)page["title"]!, (string)page["lang"]!, (string)page["state"]!, (string)page["code"]!, (string)page["focus"]!,
            (int)page["scroll"]!, (int)page["client"]!, (string)page["text"]!);
    }

    /// <summary>Goes to an address, as a person who opens a link.</summary>
    public static async Task<JsonObject> VisitAsync(Chromium browser, string url) => await browser.DoAsync("visit", ("url", url));
}
