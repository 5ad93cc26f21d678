using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>A prepared statement, its parameters <c>$0</c>, <c>$1</c> and so on. Belongs to one connection, and is used by one thread at a time.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    internal Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }
    }

    public void Dispose() => _command.Dispose();

    internal int Execute(params ReadOnlySpan<object> arguments)
    {
        Bind(arguments);
        return _command.ExecuteNonQuery();
    }

    internal SqliteDataReader Query(params ReadOnlySpan<object> arguments)
    {
        Bind(arguments);
        return _command.ExecuteReader();
    }

    internal long? Number(params ReadOnlySpan<object> arguments)
    {
        Bind(arguments);
        return _command.ExecuteScalar() as long?;
    }

    private void Bind(ReadOnlySpan<object> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            _command.Parameters[i].Value = arguments[i];
        }
    }
}
