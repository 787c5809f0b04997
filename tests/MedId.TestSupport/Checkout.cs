namespace MedId.TestSupport;

/// <summary>Where the repository of the running test stands.</summary>
public static class Checkout
{
    /// <summary>The folder with <c>MedIdSdk.sln</c> above the running test.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path under <see cref="Root"/>.</summary>
    /// <param name="parts">Folder and file names from the root on.</param>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MedIdSdk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run inside a checkout: no MedIdSdk.sln above " + AppContext.BaseDirectory);
    }
}
