package io.millrace.ingress;

import java.util.List;
import java.util.Map;

/** A kind of proxy that may stand between a browser and a replica. */
public interface Tier {

  /** Folder under {@code ingress/}, and its name in the matrix. */
  String id();

  /** As its makers write it. */
  String title();

  Capability capability();

  /** Templates beside this class's resources, each a file of the folder {@link #id}. */
  List<String> files();

  /** Placeholders of its own beside those of {@link Rules#common}: values in this tier's units. */
  Map<String, String> values(Contract contract);
}
