using System.CommandLine;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.ComponentBase.Hosting;
using KubeFed.FederationApiServer.Options;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary><c>kubefed-apiserver backup</c>: copies the SQLite database, also while a server writes to it.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to write; it must not exist." };
        var command = new Command("backup", "Copies the database of --data-dir to a file, while its server may be running. To restore, stop the server and put the file in the database's place.");
        var folder = StorageOptions.CreateDataDirFlag();
        command.Options.Add(folder);
        command.Arguments.Add(file);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            Path.Combine(parsed.GetValue(folder)!, StorageOptions.DatabaseName), parsed.GetValue(file)!, parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string database, string path, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            await SqliteBackup.CopyAsync(database, path, cancellationToken);
            await console.Output.WriteLineAsync($"{path}: {new FileInfo(path).Length} bytes, a copy of {database}");
            return ComponentHost.ExitSuccess;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteStorageOpenException or StorageFullException or StorageUnavailableException)
        {
            await console.Error.WriteLineAsync($"Error: {database} cannot be copied: {e.Message}");
            return ComponentHost.ExitFailure;
        }
    }
}
