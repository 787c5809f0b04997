using System.Runtime.InteropServices;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Finds what to run: the hosts' assemblies beside our own, and the runtime's own launcher.</summary>
internal static class HostProgram
{
    /// <summary>…/samples/X/bin/&lt;Config&gt;/net10.0/X.dll, from …/samples/ConsentedAccess/bin/&lt;Config&gt;/net10.0/.</summary>
    /// <exception cref="WalkFailedException">It was not built.</exception>
    public static string Assembly(string role)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var framework = own.Name;
        var configuration = own.Parent!.Name;
        var samples = own.Parent.Parent!.Parent!.Parent!.FullName;
        var project = HostRole.Project(role);
        var assembly = Path.Combine(samples, project, "bin", configuration, framework, project + ".dll");
        return File.Exists(assembly) ? assembly : throw new WalkFailedException(null, $"{project} is not built for {configuration}: dotnet build samples/{project} -c {configuration}");
    }

    /// <summary>The dotnet that runs us, not whichever stands first in PATH.</summary>
    public static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var launcher = Path.Combine(root, name);
        return File.Exists(launcher) ? launcher : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? name;
    }
}
