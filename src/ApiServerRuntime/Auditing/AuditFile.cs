using System.Globalization;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>
/// Writes audit events to a file that only its owner may read. Before it grows beyond its size it is set aside under its name with the time, as
/// <c>audit-2026-01-02T03-04-05.678.log</c>, and the oldest of those are deleted.
/// </summary>
public sealed class AuditFile : IAuditSink
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH-mm-ss.fff";

    private readonly string _path;
    private readonly long _maxBytes;
    private readonly int _maxBackups;
    private readonly TimeProvider _time;
    private FileStream? _file;

    /// <summary>Names the file; it is opened by the first write, and appended to when it exists.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="maxMegabytes">The size at which it is set aside (<c>--audit-log-maxsize</c>); 0 for never.</param>
    /// <param name="maxBackups">How many are kept that were set aside (<c>--audit-log-maxbackup</c>); 0 for all.</param>
    /// <param name="time">The clock that names them.</param>
    public AuditFile(string path, int maxMegabytes, int maxBackups, TimeProvider time)
        : this(path, maxMegabytes * 1024L * 1024, maxBackups, time)
    {
    }

    internal AuditFile(string path, long maxBytes, int maxBackups, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBackups);
        (_path, _maxBytes, _maxBackups, _time) = (Path.GetFullPath(path), maxBytes, maxBackups, time);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        _file ??= Open();
        if (_maxBytes > 0 && _file.Length > 0 && _file.Length + lines.Length > _maxBytes)
        {
            await RotateAsync();
        }

        await _file.WriteAsync(lines, cancellationToken);
        await _file.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync();
            _file = null;
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(_path, options);
    }

    private async ValueTask RotateAsync()
    {
        await _file!.DisposeAsync();
        _file = null;
        var (folder, name, extension) = (Path.GetDirectoryName(_path)!, Path.GetFileNameWithoutExtension(_path), Path.GetExtension(_path));
        File.Move(_path, FreeName(Path.Combine(folder, $"{name}-{_time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}"), extension));
        if (_maxBackups > 0)
        {
            foreach (var old in Backups(folder, name, extension).SkipLast(_maxBackups))
            {
                File.Delete(old);
            }
        }

        _file = Open();
    }

    private static IEnumerable<string> Backups(string folder, string name, string extension) =>
        Directory.EnumerateFiles(folder, $"{name}-*{extension}").Where(file => IsBackup(Path.GetFileName(file), name)).Order(StringComparer.Ordinal);

    private static bool IsBackup(string file, string name)
    {
        var rest = file.AsSpan(name.Length + 1);
        return rest.Length >= TimeLength
            && DateTime.TryParseExact(rest[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }

    private const int TimeLength = 23;

    private static string FreeName(string stem, string extension)
    {
        var free = stem + extension;
        for (var i = 1; File.Exists(free); i++)
        {
            free = $"{stem}.{i:D4}{extension}";
        }

        return free;
    }
}
