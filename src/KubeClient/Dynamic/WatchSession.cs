using System.Globalization;
using System.IO.Pipelines;
using KubeFed.ApiMachinery.Meta;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>An open watch, with the deadline that a silent connection runs into.</summary>
internal sealed class WatchSession : IAsyncDisposable
{
    private const int ReadSize = 32 << 10;

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly WatchDecoder _decoder;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _caller;
    private readonly DynamicClientOptions _options;
    private TimeSpan _allowedSilence;

    private WatchSession(
        HttpResponseMessage response, Stream stream, TimeSpan timeout, DynamicClientOptions options, TimeProvider time, CancellationToken caller)
    {
        _response = response;
        _stream = stream;
        _options = options;
        _caller = caller;
        _allowedSilence = timeout + options.WatchGrace;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadSize, minimumReadSize: 4096, leaveOpen: true));
        _decoder = new WatchDecoder(_reader, options.MaxEventBytes);
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, caller);
    }

    /// <summary>Takes over an answer, which is disposed even when this fails.</summary>
    public static async ValueTask<WatchSession> StartAsync(
        HttpResponseMessage response, TimeSpan timeout, DynamicClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new WatchSession(response, stream, timeout, options, time, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>The next event, or null when the server has ended the watch.</summary>
    public async ValueTask<WatchEvent?> ReadAsync()
    {
        while (true)
        {
            var result = await FillAsync();
            if (_decoder.TryTake(result, out var taken))
            {
                if (taken.Type == WatchEventType.Bookmark && _options.BookmarkSilence < _allowedSilence)
                {
                    _allowedSilence = _options.BookmarkSilence;
                }

                return taken;
            }

            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await _stream.DisposeAsync();
        _response.Dispose();
        _both.Dispose();
        _silence.Dispose();
    }

    private async ValueTask<ReadResult> FillAsync()
    {
        var fill = _decoder.FillAsync(_both.Token);
        if (fill.IsCompletedSuccessfully)
        {
            return await fill;
        }

        _silence.CancelAfter(_allowedSilence);
        try
        {
            return await fill;
        }
        catch (OperationCanceledException e) when (_silence.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            var seconds = _allowedSilence.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new IOException($"the watch was silent for {seconds} s: the connection counts as dead", e);
        }
        finally
        {
            _silence.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
