package io.millrace.cli.listen;

/**
 * One dispatched event.
 *
 * @param type the event's name; {@code message} when the frame had none
 * @param data its data lines, joined by LF
 * @param lastEventId the id a reconnect would send after this event
 */
public record ServerSentEvent(String type, String data, String lastEventId) {}
