namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>The file cannot be opened as a store: it is something else's, of a newer version, damaged, or in use by another process.</summary>
public sealed class SqliteStorageOpenException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who runs the server.</summary>
    public SqliteStorageOpenException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public SqliteStorageOpenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
