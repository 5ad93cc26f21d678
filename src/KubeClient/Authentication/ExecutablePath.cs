namespace KubeFed.KubeClient.Authentication;

/// <summary>Finds a program in PATH alone: what lies in the working directory is never run by its bare name.</summary>
internal static class ExecutablePath
{
    public static string? Find(string command, string? path, string? extensions)
    {
        if (command.Contains(Path.DirectorySeparatorChar) || command.Contains(Path.AltDirectorySeparatorChar))
        {
            return File.Exists(command) ? command : null;
        }

        var suffixes = OperatingSystem.IsWindows()
            ? (extensions ?? ".EXE;.CMD;.BAT;.COM").Split(';', StringSplitOptions.RemoveEmptyEntries).Prepend("").ToArray()
            : [""];
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => suffixes.Select(suffix => Path.Combine(folder, command + suffix)))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & anyExecute) != UnixFileMode.None);
    }
}
